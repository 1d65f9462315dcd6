# manifests/frontend/deployment.yaml Deployment/webapp/frontend
# trivy:ignore:AWS-0066 no manifest asks for X-Ray, which costs by the trace; tracing inside the application stays as it is
resource "aws_lambda_function" "webapp_frontend" {
  # checkov:skip=CKV_AWS_50:no manifest asks for X-Ray, which costs by the trace; tracing inside the application stays as it is
  # checkov:skip=CKV_AWS_115:no HorizontalPodAutoscaler sets a ceiling, and what one function reserves all others of the account lose
  # checkov:skip=CKV_AWS_116:it is called synchronously, or the settings of its alias send failed events to a queue
  # checkov:skip=CKV_AWS_117:no manifest names a VPC; vpc: in k2l.yaml puts the functions that need one into it
  # checkov:skip=CKV_AWS_173:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV_AWS_272:Lambda does not check signatures of functions that are container images
  # metadata.name, metadata.namespace
  function_name = "webapp-frontend"
  description   = "Deployment/webapp/frontend"
  role          = aws_iam_role.webapp_frontend.arn
  package_type  = "Image"
  # spec.template.spec.containers[0].image
  image_uri     = "${local.registry}/webapp-frontend${lookup(local.image_references, "webapp-frontend", ":6.14.1-665179e4")}"
  architectures = ["x86_64"]
  # max(128 MiB limit, 0.1 cpu x 1,769 MB = 177) = 177 - spec.template.spec.containers[0].resources.limits, spec.template.spec.containers[0].resources.requests
  memory_size = 177
  # as for a request through an HTTP API
  timeout = 30
  publish = true

  environment {
    variables = {
      # spec.template.spec.containers[0].env[0].value, spec.template.spec.containers[0].env[0].name
      PODINFO_UI_COLOR = "#34577c"
    }
  }

  depends_on = [aws_cloudwatch_log_group.webapp_frontend, aws_iam_role_policy.webapp_frontend]
}

# manifests/frontend/deployment.yaml Deployment/webapp/frontend
resource "aws_lambda_alias" "webapp_frontend" {
  name             = "live"
  description      = "What callers, routes and schedules use; moves to a new version without changing them"
  function_name    = aws_lambda_function.webapp_frontend.function_name
  function_version = lookup(var.stable_versions, "webapp-frontend", aws_lambda_function.webapp_frontend.version)

  dynamic "routing_config" {
    for_each = [for weight in lookup(local.canaries, "webapp-frontend", []) : weight if lookup(var.stable_versions, "webapp-frontend", "") != aws_lambda_function.webapp_frontend.version]

    content {
      additional_version_weights = {
        (aws_lambda_function.webapp_frontend.version) = routing_config.value
      }
    }
  }
}

# manifests/frontend/deployment.yaml Deployment/webapp/frontend
# trivy:ignore:AWS-0017 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_cloudwatch_log_group" "webapp_frontend" {
  # checkov:skip=CKV_AWS_158:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV_AWS_338:how long logs are kept is an input, because it is a matter of cost and law
  name              = "/aws/lambda/webapp-frontend"
  retention_in_days = var.log_retention_in_days
}

# manifests/frontend/deployment.yaml Deployment/webapp/frontend
resource "aws_iam_role" "webapp_frontend" {
  name        = "webapp-frontend-${data.aws_region.current.id}"
  description = "Runs the function webapp-frontend"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# manifests/frontend/deployment.yaml Deployment/webapp/frontend
resource "aws_iam_role_policy" "webapp_frontend" {
  name = "webapp-frontend"
  role = aws_iam_role.webapp_frontend.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.webapp_frontend.arn}:*"]
      },
      {
        Sid      = "ReadParameters"
        Effect   = "Allow"
        Action   = ["ssm:GetParameters"]
        Resource = ["arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/k2l.env/webapp-frontend/service_webapp_backend_9898"]
      },
    ]
  })
}

resource "aws_ssm_parameter" "k2l_env_webapp_frontend_service_webapp_backend_9898_eaf55575" {
  # checkov:skip=CKV2_AWS_34:it holds configuration that Kubernetes keeps in the open too; values of Secrets are in Secrets Manager
  name           = "/k2l.env/webapp-frontend/service_webapp_backend_9898"
  type           = "String"
  tier           = "Standard"
  insecure_value = var.service_webapp_backend_9898
}

# manifests/frontend/service.yaml Service/webapp/frontend
# manifests/frontend/deployment.yaml Deployment/webapp/frontend
# For callers inside the account; nothing unsigned gets in
resource "aws_lambda_function_url" "webapp_frontend" {
  function_name = aws_lambda_function.webapp_frontend.function_name
  qualifier     = aws_lambda_alias.webapp_frontend.name
  # metadata.name, spec.selector.app, spec.ports[0] and 1 more
  authorization_type = "AWS_IAM"
  invoke_mode        = "BUFFERED"
}

# manifests/frontend/service.yaml Service/webapp/frontend
# manifests/frontend/deployment.yaml Deployment/webapp/frontend
resource "aws_ssm_parameter" "k2l_url_webapp_frontend_c433d0cf" {
  # checkov:skip=CKV2_AWS_34:it holds configuration that Kubernetes keeps in the open too; values of Secrets are in Secrets Manager
  name           = "/k2l.url/webapp-frontend"
  description    = "Where callers of Deployment/webapp/frontend find it"
  type           = "String"
  tier           = "Standard"
  insecure_value = aws_lambda_function_url.webapp_frontend.function_url
}
