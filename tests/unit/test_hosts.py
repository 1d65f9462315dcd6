from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2l.converters.hosts import HostRef, references, rewrite, says_address

LABEL = st.from_regex(r"\A[a-z]([a-z0-9-]{0,10}[a-z0-9])?\Z").filter(lambda label: label not in ("localhost", "svc"))


def seen(value, variable=None):
    """What was found, as (scheme, host, port)."""
    return [(ref.scheme, ref.host, ref.port) for ref in references(value, variable)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("http://cart", [("http", "cart", None)]),
        ("http://cart:7070/api", [("http", "cart", 7070)]),
        ("HTTPS://Cart.Shop:443", [("HTTPS", "cart.shop", 443)]),
        ("http://cart.shop.svc/", [("http", "cart.shop.svc", None)]),
        ("http://cart.shop.svc.cluster.local.:80", [("http", "cart.shop.svc.cluster.local", 80)]),
        ("http://cart?x=1", [("http", "cart", None)]),
        ("cart:7070", [(None, "cart", 7070)]),
        ("cart.shop:7070/path", [(None, "cart.shop", 7070)]),
        ("cart.shop.svc.cluster.local", [(None, "cart.shop.svc.cluster.local", None)]),
        ("cart.shop", [(None, "cart.shop", None)]),
        ("redis://:pw@redis:6379/0", [("redis", "redis", 6379)]),
        ("amqp://user:p:w@rabbit.mq:5672/%2f", [("amqp", "rabbit.mq", 5672)]),
        ("jdbc:postgresql://db:5432/shop", [("postgresql", "db", 5432)]),
        ("jdbc:oracle:thin:@ora:1521:sid", [(None, "ora", 1521)]),
        ("user:pw@tcp(mysql:3306)/shop", [(None, "mysql", 3306)]),
        ("mongodb://u:p@a:1,b.ns:2/shop", [("mongodb", "a", 1), ("mongodb", "b.ns", 2)]),
        ("http://es1:9200,http://es2:9200", [("http", "es1", 9200), ("http", "es2", 9200)]),
        ("kafka-0.kafka:9092, kafka-1.kafka:9092", [(None, "kafka-0.kafka", 9092), (None, "kafka-1.kafka", 9092)]),
        ("--backend=http://cart:80", [("http", "cart", 80)]),
    ],
)
def test_a_service_is_found_wherever_its_name_stands_as_an_address(value, expected):
    assert seen(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "",
        "cart",
        "12:30",
        "10.0.0.1:80",
        "nginx:1.25",
        "localhost:8080",
        "http://127.0.0.1:80",
        "http://$(HOST):80",
        "http://${HOST}/",
        "http://cart$(SUFFIX)",
        "http://*.shop",
        "http://cart:99999",
        "www.example.com",
        "https://api.eu.example.com/x",
        "someone@example.com",
        "C:\\data",
        "/var/run/cart.sock",
        "http://cart-",
        "a:b:c",
    ],
)
def test_what_can_be_no_service_is_not_found(value):
    assert seen(value) == []


@pytest.mark.parametrize(
    "name", ["REDIS_HOST", "REDIS_ADDR", "DB_SERVER", "PGHOST", "spring.redis.host", "redisHost", "CART_ENDPOINT", "HOST_1", "API_URL"]
)
def test_a_bare_name_counts_where_the_variable_says_address(name):
    assert seen("redis", name) == [(None, "redis", None)]


@pytest.mark.parametrize("name", ["OTEL_SERVICE_NAME", "HOSTNAME", "MODE", "HOST_IP", "DATABASE", "URL_PREFIX", None])
def test_a_bare_name_is_only_a_word_elsewhere(name):
    assert seen("redis", name) == []


def test_a_flag_or_key_says_address_as_a_variable_does():
    assert seen("--redis-host=redis") == [(None, "redis", None)]
    assert seen("host=db port=5432 user=web") == [(None, "db", None)]
    assert seen("--brokers=kafka-0,kafka-1") == [(None, "kafka-0", None), (None, "kafka-1", None)]
    assert seen("Server=mssql;Database=shop") == [(None, "mssql", None)]


def test_a_flag_speaks_for_its_list_only():
    assert seen("--host=redis;fast") == [(None, "redis", None)]


def test_a_list_of_bare_names_counts_whole():
    assert seen("redis-0 redis-1,redis-2", "REDIS_HOSTS") == [(None, f"redis-{n}", None) for n in range(3)]


@pytest.mark.parametrize(
    ("host", "service", "namespace"),
    [
        ("cart", "cart", None),
        ("cart.shop", "cart", "shop"),
        ("cart.shop.svc", "cart", "shop"),
        ("cart.shop.svc.cluster.local", "cart", "shop"),
        ("cart-0.cart.shop.svc.cluster.local", "cart", "shop"),
        ("svc.svc.svc", "svc", "svc"),
    ],
)
def test_a_host_names_a_service_and_its_namespace(host, service, namespace):
    ref = HostRef("http", host, None, 0, 0)
    assert (ref.service, ref.namespace) == (service, namespace)


@pytest.mark.parametrize(
    ("value", "rewritten"),
    [
        ("http://cart:7070/api", "http://127.0.0.1:9/api"),
        ("cart:7070", "127.0.0.1:9"),
        ("https://u:p@cart.shop.svc/x?y#z", "http://u:p@127.0.0.1:9/x?y#z"),
        ("--to=https://cart", "--to=http://127.0.0.1:9"),
    ],
)
def test_a_rewritten_value_keeps_everything_but_host_and_tls(value, rewritten):
    assert rewrite(value, references(value)[0], "127.0.0.1:9") == rewritten


@given(LABEL, LABEL, st.integers(1, 65535), st.sampled_from(["http://{}/x", "{}", "amqp://u:p@{}", "x,{},y", "a=1 {} b=2", "--to={}"]))
def test_a_service_with_namespace_and_port_is_found_in_any_surroundings(name, namespace, port, around):
    value = around.format(f"{name}.{namespace}.svc:{port}")
    found = [value[ref.start : ref.end] for ref in references(value) if (ref.service, ref.namespace, ref.port) == (name, namespace, port)]
    assert found == [f"{name}.{namespace}.svc:{port}"]


@given(st.text(alphabet="ab.:/@,=- 1$()h", max_size=40), st.sampled_from([None, "X_HOST"]))
def test_findings_are_in_order_and_do_not_overlap(value, variable):
    spans = [(ref.start, ref.end) for ref in references(value, variable)]
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize("pattern", ["a", "a.", "://a", "a=", "@", "a:1"])
def test_the_places_in_a_long_hostile_value_lie_within_it(pattern):
    assert all(0 <= ref.start < ref.end <= len(pattern) * 50_000 for ref in references(pattern * 50_000, "HOST"))


def test_a_name_says_address_by_its_last_word():
    assert says_address("CART_SERVICE_ADDR")
    assert not says_address("ADDR_MODE")
