"""The components of a shop and the nodes that they run on."""

from codeable.dsl import *
from codeable.metamodels.deployment import *
from codeable.metamodels.microservice_components import *

gateway = CClass(component, "Gateway", stereotype_instances=[api_gateway, load_balancer])
orders = CClass(
    component,
    "Order Service",
    stereotype_instances=[service, replicated],
    tagged_values={"number of replicas": 3},
)
stock = CClass(component, "Stock Service", stereotype_instances=service)
orders_db = CClass(component, "Orders", stereotype_instances=postgresql_db)
cache = CClass(component, "Stock Cache", stereotype_instances=[redis_db, in_memory_data_store])
events = CClass(component, "Events", stereotype_instances=[message_broker, stream_processing])

cluster = CClass(execution_environment, "Cluster of the shop", stereotype_instances=cluster_env_type)
machine = CClass(device, "Machine of the database", stereotype_instances=cloud_vm_device_type)

add_links({gateway: [orders, stock]}, role_name="target", stereotype_instances=restful_http)
add_links({orders: orders_db}, role_name="target", stereotype_instances=jdbc)
add_links({stock: cache}, role_name="target", stereotype_instances=resp)
orders.add_links(
    events,
    role_name="target",
    stereotype_instances=[publisher, kafka_protocol],
    tagged_values={"publishes": ["order placed"]},
)
stock.add_links(events, role_name="target", stereotype_instances=[subscriber, kafka_protocol])
add_links({orders_db: machine}, role_name="deployment_nodes", stereotype_instances=deployed_on_type)
for one in (cache, events):
    one.add_links(cluster, role_name="deployment_nodes", stereotype_instances=deployed_in_container_type)

shop = CBundle("A shop", elements=[*component.classes, cluster, machine])
