"""Amazon ECS on Fargate as a target: one file for each AWS service or theme."""
