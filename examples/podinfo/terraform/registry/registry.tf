# manifests/frontend/deployment.yaml Deployment/webapp/frontend
resource "aws_ecr_repository" "webapp_frontend" {
  name                 = "webapp-frontend"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }
}
