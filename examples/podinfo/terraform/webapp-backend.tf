# manifests/backend/deployment.yaml Deployment/webapp/backend
# trivy:ignore:AWS-0017 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_cloudwatch_log_group" "webapp_backend" {
  # checkov:skip=CKV_AWS_158:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV_AWS_338:how long logs are kept is an input, because it is a matter of cost and law
  name              = "/ecs/webapp-backend"
  retention_in_days = var.log_retention_in_days
}

# manifests/backend/deployment.yaml Deployment/webapp/backend
resource "aws_iam_role" "webapp_backend_execution" {
  name        = "webapp-backend-execution-${data.aws_region.current.id}"
  description = "Starts tasks of webapp-backend"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
        ArnLike = {
          "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ecs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:*"
        }
      }
    }]
  })
}

# manifests/backend/deployment.yaml Deployment/webapp/backend
resource "aws_iam_role_policy" "webapp_backend_execution" {
  name = "webapp-backend-execution"
  role = aws_iam_role.webapp_backend_execution.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["${aws_cloudwatch_log_group.webapp_backend.arn}:*"]
    }]
  })
}

# manifests/backend/deployment.yaml Deployment/webapp/backend
resource "aws_iam_role" "webapp_backend" {
  name        = "webapp-backend-${data.aws_region.current.id}"
  description = "What the containers of webapp-backend may do"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
        ArnLike = {
          "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ecs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:*"
        }
      }
    }]
  })
}

# manifests/backend/hpa.yaml HorizontalPodAutoscaler/webapp/backend
resource "aws_appautoscaling_target" "webapp_backend" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/k2l-webapp/${aws_ecs_service.webapp_backend.name}"
  # spec.minReplicas
  min_capacity = 1
  # spec.maxReplicas, spec.scaleTargetRef
  max_capacity = 2
}

# manifests/backend/hpa.yaml HorizontalPodAutoscaler/webapp/backend
resource "aws_appautoscaling_policy" "webapp_backend_cpu" {
  name               = "webapp-backend-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.webapp_backend.resource_id

  target_tracking_scaling_policy_configuration {
    # 99 % of the requested 100 of 250 - spec.metrics[0].resource.target.averageUtilization
    target_value      = 39.6
    scale_in_cooldown = 300

    predefined_metric_specification {
      # spec.metrics[0].resource.name, spec.metrics[0].type, spec.metrics[0].resource.target.type
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# manifests/backend/deployment.yaml Deployment/webapp/backend
resource "aws_security_group" "webapp_backend" {
  # checkov:skip=CKV2_AWS_5:the network settings of a service, a schedule or a capacity provider attach it
  name        = "webapp-backend-tasks"
  description = "Who may connect to webapp-backend"
  vpc_id      = var.vpc_id
}

# manifests/backend/deployment.yaml Deployment/webapp/backend
resource "aws_vpc_security_group_ingress_rule" "webapp_backend_tcp_9898_k2l_tasks_a82c3696" {
  security_group_id            = aws_security_group.webapp_backend.id
  description                  = "Any other task"
  ip_protocol                  = "tcp"
  from_port                    = 9898
  to_port                      = 9898
  referenced_security_group_id = aws_security_group.k2l_tasks.id
}

# manifests/backend/deployment.yaml Deployment/webapp/backend
resource "aws_vpc_security_group_ingress_rule" "webapp_backend_tcp_9999_k2l_tasks_38e52af9" {
  security_group_id            = aws_security_group.webapp_backend.id
  description                  = "Any other task"
  ip_protocol                  = "tcp"
  from_port                    = 9999
  to_port                      = 9999
  referenced_security_group_id = aws_security_group.k2l_tasks.id
}

# manifests/backend/service.yaml Service/webapp/backend
# manifests/backend/deployment.yaml Deployment/webapp/backend
resource "aws_service_discovery_service" "webapp_backend" {
  # metadata.name
  name = "backend"

  dns_config {
    namespace_id   = aws_service_discovery_private_dns_namespace.webapp.id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = 10
    }
  }
}

# manifests/backend/deployment.yaml Deployment/webapp/backend
resource "aws_ecs_service" "webapp_backend" {
  name            = "webapp-backend"
  cluster         = aws_ecs_cluster.webapp.id
  task_definition = aws_ecs_task_definition.webapp_backend.arn
  launch_type     = "FARGATE"
  # manifests/backend/hpa.yaml HorizontalPodAutoscaler/webapp/backend spec.minReplicas
  desired_count = 1
  # of 1: 1 more and 0 fewer while a new version takes over - spec.strategy.rollingUpdate.maxUnavailable, spec.strategy.type
  deployment_minimum_healthy_percent = 100
  # spec.strategy.rollingUpdate.maxUnavailable, spec.strategy.type
  deployment_maximum_percent = 200
  propagate_tags             = "SERVICE"

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [aws_security_group.webapp_backend.id, aws_security_group.k2l_tasks.id]
    assign_public_ip = false
  }

  service_registries {
    registry_arn = aws_service_discovery_service.webapp_backend.arn
  }

  service_connect_configuration {
    enabled   = true
    namespace = aws_service_discovery_private_dns_namespace.webapp.arn

    service {
      port_name      = "tcp-9898"
      discovery_name = "backend-tcp-9898"

      client_alias {
        # manifests/backend/service.yaml Service/webapp/backend metadata.name, spec.selector.app
        dns_name = "backend"
        # manifests/backend/service.yaml Service/webapp/backend spec.ports[0].port, spec.ports[0].targetPort, spec.ports[0].name
        port = 9898
      }
    }

    service {
      port_name      = "tcp-9999"
      discovery_name = "backend-tcp-9999"

      client_alias {
        # manifests/backend/service.yaml Service/webapp/backend metadata.name, spec.selector.app
        dns_name = "backend"
        # manifests/backend/service.yaml Service/webapp/backend spec.ports[1].port, spec.ports[1].targetPort, spec.ports[1].name
        port = 9999
      }
    }
  }

  lifecycle {
    # Application Auto Scaling changes it between its bounds
    ignore_changes = [desired_count]
  }

  depends_on = [aws_iam_role_policy.webapp_backend_execution]
}

# manifests/backend/deployment.yaml Deployment/webapp/backend
resource "aws_ecs_task_definition" "webapp_backend" {
  # checkov:skip=CKV_AWS_336:the manifest lets the program write to its root file system
  # metadata.name, metadata.namespace
  family                   = "webapp-backend"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  # the containers ask for 0.1 vCPU, 512 MiB: the smallest size with that is 0.25 vCPU with 512 MiB - spec.template.spec.containers[0].resources.requests.cpu
  cpu = 256
  # spec.template.spec.containers[0].resources.limits.memory
  memory             = 512
  execution_role_arn = aws_iam_role.webapp_backend_execution.arn
  task_role_arn      = aws_iam_role.webapp_backend.arn
  container_definitions = jsonencode([{
    # spec.template.spec.containers[0].name
    name = "backend"
    # spec.template.spec.containers[0].image
    image     = "ghcr.io/stefanprodan/podinfo:6.14.1"
    essential = true
    # spec.template.spec.containers[0].resources.requests.cpu
    cpu = 102
    # spec.template.spec.containers[0].resources.limits.memory
    memory = 512
    # spec.template.spec.containers[0].resources.requests.memory
    memoryReservation = 32
    # spec.template.spec.containers[0].command
    entryPoint = [
      "./podinfo",
      "--port=9898",
      "--port-metrics=9797",
      "--grpc-port=9999",
      "--grpc-service-name=backend",
      "--level=info",
    ]
    environment = [{
      name = "PODINFO_UI_COLOR"
      # spec.template.spec.containers[0].env[0].value, spec.template.spec.containers[0].env[0].name
      value = "#34577c"
    }]
    portMappings = [
      {
        name = "tcp-9898"
        # spec.template.spec.containers[0].ports[0].containerPort, manifests/backend/service.yaml Service/webapp/backend spec.ports[0].targetPort, manifests/backend/deployment.yaml Deployment/webapp/backend spec.template.spec.containers[0].ports[0].…
        containerPort = 9898
        # manifests/backend/service.yaml Service/webapp/backend spec.ports[0].protocol
        protocol = "tcp"
      },
      {
        name = "tcp-9999"
        # spec.template.spec.containers[0].ports[2].containerPort, manifests/backend/service.yaml Service/webapp/backend spec.ports[1].targetPort, manifests/backend/deployment.yaml Deployment/webapp/backend spec.template.spec.containers[0].ports[2].…
        containerPort = 9999
        # manifests/backend/service.yaml Service/webapp/backend spec.ports[1].protocol
        protocol = "tcp"
      },
    ]
    healthCheck = {
      # spec.template.spec.containers[0].livenessProbe.exec.command
      command  = ["CMD", "podcli", "check", "http", "localhost:9898/healthz"]
      interval = 10
      # spec.template.spec.containers[0].livenessProbe.timeoutSeconds
      timeout = 5
      retries = 3
      # spec.template.spec.containers[0].livenessProbe.initialDelaySeconds
      startPeriod = 5
    }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.webapp_backend.name
        "awslogs-region"        = data.aws_region.current.id
        "awslogs-stream-prefix" = "webapp-backend"
      }
    }
  }])

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }
}
