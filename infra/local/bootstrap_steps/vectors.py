"""The collection of SOP clauses: a dense MiniLM vector and a BM25 vector whose term statistics Qdrant keeps itself."""

import grpc
from qdrant_client.grpc import collections_pb2 as c
from qdrant_client.grpc import collections_service_pb2_grpc as collections_rpc
from qdrant_client.grpc import points_pb2 as p
from qdrant_client.grpc import points_service_pb2_grpc as points_rpc

from .settings import QDRANT_COLLECTION, port

FILTERED_BY = ("client_id", "request_id", "document_id")


def prepare():
    with grpc.insecure_channel(f"127.0.0.1:{port('QDRANT')}") as channel:
        collections = collections_rpc.CollectionsStub(channel)
        question = c.CollectionExistsRequest(collection_name=QDRANT_COLLECTION)
        fresh = not collections.CollectionExists(question).result.exists
        if fresh:
            collections.Create(collection())
        info = collections.Get(c.GetCollectionInfoRequest(collection_name=QDRANT_COLLECTION)).result
        for field in FILTERED_BY:
            if field not in info.payload_schema:
                points_rpc.PointsStub(channel).CreateFieldIndex(
                    p.CreateFieldIndexCollection(
                        collection_name=QDRANT_COLLECTION, wait=True, field_name=field, field_type=p.FieldType.FieldTypeKeyword
                    )
                )
    return f"vectors: collection {QDRANT_COLLECTION}{', new' if fresh else ''}, indexed by {', '.join(FILTERED_BY)}", {}


def collection():
    dense = c.VectorParamsMap(map={"dense": c.VectorParams(size=384, distance=c.Distance.Cosine)})
    sparse = c.SparseVectorConfig(map={"bm25": c.SparseVectorParams(modifier=c.Modifier.Idf)})
    return c.CreateCollection(
        collection_name=QDRANT_COLLECTION, vectors_config=c.VectorsConfig(params_map=dense), sparse_vectors_config=sparse
    )
