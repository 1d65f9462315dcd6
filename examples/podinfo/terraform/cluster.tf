# manifests/backend/deployment.yaml Deployment/webapp/backend
# trivy:ignore:AWS-0034 Container Insights costs by the metric, and no manifest asks for it
resource "aws_ecs_cluster" "webapp" {
  # checkov:skip=CKV_AWS_65:Container Insights costs by the metric, and no manifest asks for it
  name = "k2l-webapp"
}

# manifests/backend/deployment.yaml Deployment/webapp/backend
resource "aws_service_discovery_private_dns_namespace" "webapp" {
  name        = "webapp.svc.cluster.local"
  description = "What the Services of namespace webapp are called"
  vpc         = var.vpc_id
}
