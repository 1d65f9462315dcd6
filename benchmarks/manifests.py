"""Manifests for measuring: the same text in every run, shaped like what teams keep in their repositories."""

from __future__ import annotations

TEMPLATE = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {name}-config
  namespace: {namespace}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/part-of: {namespace}
    team: team-{team}
data:
  LOG_LEVEL: info
  FEATURE_FLAGS: "checkout-v2,search-{team}"
  CACHE_TTL_SECONDS: "{ttl}"
  UPSTREAM_URL: http://{upstream}.{namespace}.svc.cluster.local:8080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
  namespace: {namespace}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/part-of: {namespace}
    team: team-{team}
  annotations:
    description: Serves {name} for the {namespace} domain
spec:
  replicas: {replicas}
  revisionHistoryLimit: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: {name}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 0
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {name}
        app.kubernetes.io/part-of: {namespace}
        team: team-{team}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9090"
    spec:
      terminationGracePeriodSeconds: 30
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
      containers:
        # One process a pod; the sidecar went away last year.
        - name: app
          image: registry.example.com/{namespace}/{name}:1.{team}.{ttl}
          imagePullPolicy: IfNotPresent
          ports:
            - name: http
              containerPort: 8080
              protocol: TCP
          env:
            - name: PORT
              value: "8080"
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: LOG_LEVEL
              valueFrom:
                configMapKeyRef:
                  name: {name}-config
                  key: LOG_LEVEL
            - name: DB_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: {name}-database
                  key: password
          envFrom:
            - configMapRef:
                name: {name}-config
          resources:
            requests:
              cpu: 250m
              memory: 256Mi
            limits:
              cpu: "1"
              memory: {memory}Mi
          readinessProbe:
            httpGet:
              path: /healthz
              port: http
            initialDelaySeconds: 5
            periodSeconds: 10
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
            failureThreshold: 3
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: ["ALL"]
          volumeMounts:
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: tmp
          emptyDir: {{}}
---
apiVersion: v1
kind: Service
metadata:
  name: {name}
  namespace: {namespace}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/part-of: {namespace}
spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: {name}
  ports:
    - name: http
      port: 8080
      targetPort: http
      protocol: TCP
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {name}
  namespace: {namespace}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {name}
  minReplicas: {replicas}
  maxReplicas: {most}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
"""
DOMAINS = ("shop", "billing", "search", "media", "identity")
ROLES = ("api", "worker", "gateway", "catalog", "pricing", "ledger", "notifier", "profile")


def stream(services: int) -> str:
    """One YAML stream of ``services`` times ConfigMap, Deployment, Service and HorizontalPodAutoscaler."""
    names = [f"{ROLES[n % len(ROLES)]}-{n}" for n in range(services)]
    return "---\n".join(
        TEMPLATE.format(
            name=name,
            namespace=DOMAINS[n % len(DOMAINS)],
            upstream=names[n - len(DOMAINS)],
            team=n % 17,
            ttl=60 + n % 240,
            replicas=1 + n % 4,
            most=6 + n % 10,
            memory=512 + 128 * (n % 5),
        )
        for n, name in enumerate(names)
    )
