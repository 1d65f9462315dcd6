"""What a container finds in its file system: baked into the image, written at start, or free to write to."""

from __future__ import annotations

import json

import pytest

from harness.stages import bundle
from k2l import contract
from k2l.aws.configuration import Parameter

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, namespace: shop}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web, tier: front}}}}
    spec:
      volumes: [{volume}]
      containers:
        - name: web
          image: registry.example/web:1.0
          ports: [{{containerPort: 8080}}]
          env: [{{name: PART, value: sky.txt}}]
          volumeMounts: [{mount}]
---
apiVersion: v1
kind: Service
metadata: {{name: web, namespace: shop}}
spec: {{selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: colours, namespace: shop}}
data: {{sky.txt: blue, sea.txt: green}}
binaryData: {{logo: iVBORw==}}
---
apiVersion: v1
kind: Secret
metadata: {{name: db, namespace: shop}}
stringData: {{password: s3cr3t}}
"""
MOUNT = "name: v, mountPath: /etc/v"
COLOURS = "configMap: {name: colours}"


def web(volume, mount=MOUNT):
    return bundle(WEB.format(volume=f"{{name: v, {volume}}}", mount=f"{{{mount}}}"))


def baked(found):
    """Path to content."""
    return {file.place: file.content.value for file in found.image.files if isinstance(file.content.value, str | bytes)}


def written(found):
    """Path to reference, of what the init writes."""
    return {entry["path"]: entry["from"] for entry in json.loads(contract.to_json(found.image))["files"] if "from" in entry}


def modes(found):
    return {file.place.rpartition("/")[2]: contract.mode(file) for file in found.image.files}


def test_a_configmap_is_baked_into_the_image_a_file_for_each_key():
    found = web(COLOURS)
    assert baked(found) == {"/etc/v/sky.txt": "blue", "/etc/v/sea.txt": "green", "/etc/v/logo": b"\x89PNG"}
    assert found.fate("data[sky.txt]") == ("mapped", None)


def test_items_choose_keys_and_say_where_their_files_are():
    found = web("configMap: {name: colours, items: [{key: sky.txt, path: above/sky}]}")
    assert baked(found) == {"/etc/v/above/sky": "blue"}
    assert found.fate("data[sea.txt]") == ("not-applicable", "value-unread")


def test_a_sub_path_mounts_one_file():
    assert baked(web(COLOURS, "name: v, mountPath: /app/sky.conf, subPath: sky.txt")) == {"/app/sky.conf": "blue"}


def test_a_sub_path_may_take_a_variable():
    assert baked(web(COLOURS, "name: v, mountPath: /app/sky.conf, subPathExpr: $(PART)")) == {"/app/sky.conf": "blue"}


def test_a_sub_path_that_leads_nowhere_mounts_nothing():
    found = web(COLOURS, f"{MOUNT}, subPath: night.txt")
    assert baked(found) == {}
    assert found.fate("spec.template.spec.containers[0].volumeMounts[0].mountPath") == ("not-applicable", "no-such-file")


def test_files_have_the_mode_of_their_item_else_of_the_volume_else_0644():
    assert modes(web("configMap: {name: colours, items: [{key: sky.txt, path: sky}]}")) == {"sky": "0644"}
    one, other = "{key: sky.txt, path: sky, mode: 0400}", "{key: sea.txt, path: sea}"
    assert modes(web(f"configMap: {{name: colours, defaultMode: 0600, items: [{one}, {other}]}}")) == {"sky": "0444", "sea": "0644"}


def test_a_secret_is_written_at_start_and_never_baked():
    found = web("secret: {secretName: db}")
    assert baked(found) == {}
    assert written(found) == {"/etc/v/password": "secretsmanager:shop/db#password"}


def test_a_secret_that_is_kept_elsewhere_is_a_folder_with_whatever_it_holds():
    assert written(web("secret: {secretName: gone, optional: true}")) == {"/etc/v": "secretsmanager:shop/gone?optional"}


@pytest.mark.parametrize(
    ("volume", "reference"),
    [
        ("configMap: {name: gone}", "ssm:/shop/gone/ca.crt"),
        ("secret: {secretName: gone}", "secretsmanager:shop/gone#ca.crt"),
    ],
)
def test_the_sub_path_names_the_key_of_what_is_kept_elsewhere(volume, reference):
    assert written(web(volume, "name: v, mountPath: /etc/ca.crt, subPath: ca.crt")) == {"/etc/ca.crt": reference}


def test_a_configmap_that_is_missing_is_read_at_its_path():
    found = web("configMap: {name: gone}")
    assert written(found) == {"/etc/v": "ssm:/shop/gone/"}
    assert found.fate("spec.template.spec.volumes[0].configMap.name") == ("approximated", "read-at-path")


def test_a_key_that_is_missing_is_an_input_kept_in_a_parameter():
    found = web("configMap: {name: colours, items: [{key: night.txt, path: night}]}")
    assert written(found) == {"/etc/v/night": "ssm:/shop/colours/night.txt"}
    assert found.one(Parameter, "/shop/colours/night.txt").value.name.startswith("config_shop_colours_night_txt")
    assert found.fate("spec.template.spec.volumes[0].configMap.items[0].key") == ("approximated", "configuration-missing")


def test_what_is_optional_and_absent_is_left_out():
    found = web("configMap: {name: gone, optional: true}")
    assert found.image.files == ()
    assert found.fate("spec.template.spec.volumes[0].configMap.name") == ("not-applicable", "optional-and-absent")
    assert found.fate("spec.template.spec.containers[0].volumeMounts[0].mountPath") == ("not-applicable", "optional-and-absent")


def test_fields_of_the_pod_are_files():
    labels, space = "{path: labels, fieldRef: {fieldPath: metadata.labels}}", "{path: ns, fieldRef: {fieldPath: metadata.namespace}}"
    assert baked(web(f"downwardAPI: {{items: [{labels}, {space}]}}")) == {"/etc/v/labels": 'app="web"\ntier="front"', "/etc/v/ns": "shop"}


def test_a_field_that_only_a_running_pod_has_is_dropped_with_the_reason():
    found = web("downwardAPI: {items: [{path: ip, fieldRef: {fieldPath: status.podIP}}]}")
    assert found.fate("spec.template.spec.volumes[0].downwardAPI.items[0].fieldRef.fieldPath") == ("dropped", "no-pod")
    assert found.fate("spec.template.spec.containers[0].volumeMounts[0].mountPath") == ("dropped", "no-pod")


def test_several_sources_are_projected_into_one_folder():
    one, other = "{configMap: {name: colours, items: [{key: sky.txt, path: sky}]}}", "{secret: {name: db}}"
    found = web(f"projected: {{defaultMode: 0440, sources: [{one}, {other}]}}")
    assert baked(found) == {"/etc/v/sky": "blue"}
    assert written(found) == {"/etc/v/password": "secretsmanager:shop/db#password"}
    # Who runs a function is not the owner of its image's files.
    assert modes(found) == {"sky": "0444", "password": "0440"}


def test_an_empty_volume_is_a_folder_to_write_to():
    found = web("emptyDir: {}", "name: v, mountPath: /var/cache, subPath: web")
    assert [(w.place, w.target) for w in found.image.writable_paths] == [("/var/cache", "/tmp/k2l/volumes/v/web")]
    assert found.fate("spec.template.spec.volumes[0].emptyDir") == ("mapped", None)


def test_only_an_empty_volume_that_lambda_does_not_give_anyway_takes_the_init():
    assert not web("emptyDir: {}", "name: v, mountPath: /tmp").image.needs_init
    assert web("emptyDir: {}", "name: v, mountPath: /tmp/cache").image.needs_init
    assert web("emptyDir: {}", "name: v, mountPath: /var/cache").image.needs_init


def test_a_volume_that_the_container_does_not_mount_is_not_applicable():
    found = web(f"{COLOURS}}}, {{name: w, configMap: {{name: gone}}")
    assert found.fate("spec.template.spec.volumes[1].configMap.name") == ("not-applicable", "volume-unmounted")


def test_a_mount_of_no_volume_is_dropped_with_the_reason():
    found = web(COLOURS, "name: w, mountPath: /etc/v")
    assert found.fate("spec.template.spec.containers[0].volumeMounts[0].mountPath") == ("dropped", "no-such-volume")


def test_files_that_lie_beside_those_of_the_image_are_only_close_to_a_volume():
    """In a pod the volume hides what the image has in that folder."""
    place = "spec.template.spec.containers[0].volumeMounts[0].mountPath"
    assert web(COLOURS).fate(place) == ("approximated", "beside-image")
    assert web(COLOURS, f"{MOUNT}, subPath: sky.txt").fate(place) == ("mapped", None)
