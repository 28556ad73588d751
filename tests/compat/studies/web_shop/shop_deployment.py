# Where it runs. Read from the charts of the repository.
from codeable_models import CClass, CBundle
from metamodels.deployment_metamodel import *
from shop_components import orders, stock, order_db

cluster = CClass(execution_environment, "Cluster", stereotype_instances=cluster_env_type)
order_pod = CClass(execution_environment, "Order Pod", stereotype_instances=container_env_type)
stock_pod = CClass(execution_environment, "Stock Pod", stereotype_instances=container_env_type)
db_machine = CClass(device, "Database Machine", stereotype_instances=cloud_vm_device_type)
for pod in [order_pod, stock_pod]:
    pod.add_links(cluster, role_name="to", stereotype_instances=runs_on_deployment_node_relation_type)
# one pod per service; the chart allows more
orders.add_links(order_pod, role_name="deployment_nodes", stereotype_instances=deployed_in_container_type)
stock.add_links(stock_pod, role_name="deployment_nodes", stereotype_instances=deployed_in_container_type)
order_db.add_links(db_machine, role_name="deployment_nodes", stereotype_instances=deployed_on_type)
deployment_view = CBundle("Deployment", elements=[
    e.class_object for e in (orders, stock, order_db, order_pod, stock_pod, cluster, db_machine)])
