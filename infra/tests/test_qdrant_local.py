"""Qdrant's engine behind its gRPC interface, asked as the services ask it."""

import os
import uuid
from urllib.parse import urlsplit

import grpc
import pytest
from qdrant_client import QdrantClient, models

SENTENCES = [
    "Wash the knife in hot water",
    "Record the temperature of the fridge",
    "Discard broken glass",
    "The autoclave must reach 121 degrees",
    "Label every container",
]


def bm25(text):
    return models.Document(text=text, model="qdrant/bm25")


def only(client_id):
    return models.Filter(must=[models.FieldCondition(key="client_id", match=models.MatchValue(value=client_id))])


@pytest.fixture(scope="module")
def client():
    return QdrantClient(
        host="127.0.0.1", grpc_port=urlsplit(os.environ["QDRANT_URL"]).port, prefer_grpc=True, check_compatibility=False
    )


@pytest.fixture
def collection(client):
    name = f"test-{uuid.uuid4()}"
    client.create_collection(
        name,
        vectors_config={"dense": models.VectorParams(size=4, distance=models.Distance.COSINE)},
        sparse_vectors_config={"bm25": models.SparseVectorParams(modifier=models.Modifier.IDF)},
    )
    client.create_payload_index(name, "client_id", field_schema=models.PayloadSchemaType.KEYWORD)
    client.upsert(
        name,
        [
            models.PointStruct(
                id=number + 1,
                vector={"dense": [1.0, number, 0, 0], "bm25": bm25(text)},
                payload={"client_id": "a" if number % 2 else "b", "text": text, "nested": {"list": [1, 2.5, None, True]}},
            )
            for number, text in enumerate(SENTENCES)
        ],
        wait=True,
    )
    yield name
    client.delete_collection(name)


def refusal(call):
    with pytest.raises(grpc.RpcError) as raised:
        call()
    return raised.value.code()


def test_a_hybrid_query_finds_the_clause_by_its_words_and_its_vector(client, collection):
    stages = [
        models.Prefetch(query=[1.0, 3.0, 0, 0], using="dense", limit=3, filter=only("a")),
        models.Prefetch(query=bm25("temperature of an autoclave, in degrees"), using="bm25", limit=3, filter=only("a")),
    ]
    found = client.query_points(
        collection, prefetch=stages, query=models.FusionQuery(fusion=models.Fusion.RRF), with_payload=True
    ).points
    assert found[0].payload["text"] == SENTENCES[3]
    assert {point.payload["client_id"] for point in found} == {"a"}


def test_one_client_never_sees_anothers_clauses(client, collection):
    found = client.query_points(
        collection, query=bm25("record the temperature"), using="bm25", query_filter=only("b"), with_payload=True
    ).points
    assert all(point.payload["client_id"] == "b" for point in found)


def test_payloads_come_back_as_they_were(client, collection):
    assert client.retrieve(collection, [1])[0].payload["nested"] == {"list": [1, 2.5, None, True]}


def test_points_are_counted_scrolled_and_deleted_by_filter(client, collection):
    assert client.count(collection).count == 5
    page, following = client.scroll(collection, limit=3)
    assert [point.id for point in page] == [1, 2, 3] and following == 4
    client.delete(collection, points_selector=models.FilterSelector(filter=only("a")))
    assert client.count(collection).count == 3
    client.delete(collection, points_selector=[1])
    assert client.count(collection).count == 2


def test_upserting_twice_changes_nothing(client, collection):
    point = models.PointStruct(id=1, vector={"dense": [1.0, 0, 0, 0], "bm25": bm25(SENTENCES[0])}, payload={"client_id": "b"})
    client.upsert(collection, [point, point])
    assert client.count(collection).count == 5


def test_refusals_have_qdrants_codes(client, collection):
    assert refusal(lambda: client.get_collection("missing")) == grpc.StatusCode.NOT_FOUND
    assert refusal(lambda: client.query_points("missing", query=[1.0], using="dense")) == grpc.StatusCode.NOT_FOUND
    assert refusal(lambda: client.create_collection(collection, vectors_config={})) == grpc.StatusCode.ALREADY_EXISTS
    assert refusal(lambda: client.query_points(collection, query=[1.0], using="dense")) == grpc.StatusCode.INVALID_ARGUMENT
    wrong = models.PointStruct(id=9, vector={"dense": [1.0]})
    assert refusal(lambda: client.upsert(collection, [wrong])) == grpc.StatusCode.INVALID_ARGUMENT
