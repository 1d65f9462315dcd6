# manifests/frontend/deployment.yaml Deployment/webapp/frontend
# trivy:ignore:AWS-0033 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_ecr_repository" "webapp_frontend" {
  # checkov:skip=CKV_AWS_136:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  name                 = "webapp-frontend"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }
}
