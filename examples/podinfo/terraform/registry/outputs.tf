output "repository_urls" {
  description = "Where the image of each function is pushed to"
  value = {
    "webapp-frontend" = aws_ecr_repository.webapp_frontend.repository_url
  }
}
