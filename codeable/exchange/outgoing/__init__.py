"""What leaves a study: one module for each format. `codeable.exchange.catalogue` names them."""
