"""How text becomes located nodes: the parts behind ``k2l.source``."""
