# The shop as reconstructed from its repository (commit of 2 June); (?) marks what no file says.
from codeable_models import CClass, CBundle, add_links
from metamodels.microservice_components_metamodel import *

shop_ui = CClass(component, "Shop UI", stereotype_instances=web_ui)
browser = CClass(component, "Browser", stereotype_instances=[client, web_browser])
gateway = CClass(component, "Gateway", stereotype_instances=api_gateway)
orders = CClass(component, "Order Service", stereotype_instances=[service, replicated],
                tagged_values={"number of replicas": 3})
stock = CClass(component, "Stock Service", stereotype_instances=service)
mail = CClass(component, "Mail Service", stereotype_instances=[service, external_component])
order_db = CClass(component, "Order DB", stereotype_instances=postgresql_db)
stock_cache = CClass(component, "Stock Cache", stereotype_instances=[redis_db, in_memory_data_store])
events = CClass(component, "Events", stereotype_instances=[message_broker, pub_sub_component])

add_links({browser: shop_ui}, role_name="target", stereotype_instances=https)
add_links({shop_ui: gateway}, role_name="target", stereotype_instances=[restful_http, synchronous_connector])
add_links({gateway: [orders, stock]}, role_name="target", stereotype_instances=restful_http, label="/api")
add_links({orders: order_db}, role_name="target", stereotype_instances=jdbc,
          tagged_values={"read": ["orders"], "write": ["orders", "lines"]})
add_links({stock: stock_cache}, role_name="target", stereotype_instances=resp)
orders.add_links(events, role_name="target", stereotype_instances=[publisher, kafka_protocol],
                 tagged_values={"publishes": ["order placed"]})
# (?) the consumer group is not in the repository
for consumer in (stock, mail):
    consumer.add_links(events, role_name="target", stereotype_instances=subscriber,
                       tagged_values={"subscribesTo": ["order placed"]})

shop_view = CBundle("Shop", elements=browser.class_object.get_connected_elements())
storage_view = CBundle("Storage", elements=[orders, stock, order_db, stock_cache])
shop_views = [shop_view, {}, storage_view, {}]
