"""What a workload becomes on Lambda Managed Instances: a function as on Lambda, and the instances that it runs on."""
