"""What a workload becomes on AWS Lambda."""
