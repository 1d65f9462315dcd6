# manifests/backend/deployment.yaml Deployment/webapp/backend
resource "aws_ecs_cluster" "webapp" {
  name = "k2l-webapp"
}

# manifests/backend/deployment.yaml Deployment/webapp/backend
resource "aws_service_discovery_private_dns_namespace" "webapp" {
  name        = "webapp.svc.cluster.local"
  description = "What the Services of namespace webapp are called"
  vpc         = var.vpc_id
}
