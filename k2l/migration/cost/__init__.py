"""What a month costs, before and after: ``model.cost``. Each file in ``items`` is one item of a bill.

Amounts are list prices in the currency of the price table (USD) for a month of its length (730 hours), without taxes and discounts. Every
quantity is an Estimate, so that an amount says on which assumptions it rests and between which bounds it lies.

Before: pods' requests as shares of nodes, the control plane, load balancers and NAT gateways. After: what each workload's target takes, and
what several share. What has no price or no quantity is listed as unpriced, never as 0.
"""
