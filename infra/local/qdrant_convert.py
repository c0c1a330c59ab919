"""Between Qdrant's gRPC messages and the types of its engine, for qdrant_local.py."""

import functools
from uuid import UUID

import qdrant_edge as edge
from qdrant_client.grpc import collections_pb2 as c
from qdrant_client.grpc import json_with_int_pb2 as j
from qdrant_client.grpc import points_pb2 as p
from qdrant_client.grpc import qdrant_common_pb2 as common

DISTANCES = {
    c.Distance.Cosine: edge.Distance.Cosine,
    c.Distance.Euclid: edge.Distance.Euclid,
    c.Distance.Dot: edge.Distance.Dot,
    c.Distance.Manhattan: edge.Distance.Manhattan,
}
SCHEMAS = ["Keyword", "Integer", "Float", "Geo", "Text", "Bool", "Datetime", "Uuid"]
BM25_OPTIONS = {"k", "b", "avg_len", "language", "lowercase", "ascii_folding", "min_token_len", "max_token_len"}
RRF_K = 2
# What Qdrant answers when a collection was created without such settings; clients read them as required.
HNSW_DEFAULTS = c.HnswConfigDiff(m=16, ef_construct=100, full_scan_threshold=10000)
OPTIMIZER_DEFAULTS = c.OptimizersConfigDiff(
    deleted_threshold=0.2, vacuum_min_vector_number=1000, default_segment_number=0, flush_interval_sec=5
)
WAL_DEFAULTS = c.WalConfigDiff(wal_capacity_mb=32, wal_segments_ahead=0)


# Collections


def edge_config(request):
    dense = request.vectors_config
    if dense.WhichOneof("config") == "params":
        vectors = {"": vector_params(dense.params)}
    else:
        vectors = {name: vector_params(params) for name, params in dense.params_map.map.items()}
    sparse = {
        name: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf if params.modifier == c.Modifier.Idf else None)
        for name, params in request.sparse_vectors_config.map.items()
    }
    return edge.EdgeConfig(vectors=vectors or None, sparse_vectors=sparse or None)


def vector_params(params):
    if params.distance not in DISTANCES:
        raise ValueError("a vector needs a distance")
    return edge.EdgeVectorParams(size=params.size, distance=DISTANCES[params.distance])


def collection_info(request, info):
    params = c.CollectionParams(
        shard_number=1,
        replication_factor=1,
        vectors_config=request.vectors_config,
        sparse_vectors_config=request.sparse_vectors_config,
    )
    schema = {
        name: c.PayloadSchemaInfo(data_type=1 + SCHEMAS.index(str(index.data_type).rsplit(".", 1)[-1]), points=index.points)
        for name, index in info.payload_schema.items()
    }
    return c.CollectionInfo(
        status=c.CollectionStatus.Green,
        optimizer_status=c.OptimizerStatus(ok=True),
        segments_count=info.segments_count,
        points_count=info.points_count,
        indexed_vectors_count=info.indexed_vectors_count,
        config=collection_config(params),
        payload_schema=schema,
    )


def collection_config(params):
    return c.CollectionConfig(
        params=params, hnsw_config=HNSW_DEFAULTS, optimizer_config=OPTIMIZER_DEFAULTS, wal_config=WAL_DEFAULTS
    )


def field_schema(field_type):
    return getattr(edge.PayloadSchemaType, SCHEMAS[field_type])


# Ids and payloads


def point_id(message):
    kind = message.WhichOneof("point_id_options")
    if kind is None:
        raise ValueError("a point needs an id")
    return message.num if kind == "num" else UUID(message.uuid)


def id_message(value):
    return common.PointId(num=value) if isinstance(value, int) else common.PointId(uuid=str(value))


def payload(fields):
    return {key: plain(value) for key, value in fields.items()}


def plain(value):
    kind = value.WhichOneof("kind")
    if kind in (None, "null_value"):
        return None
    if kind == "struct_value":
        return payload(value.struct_value.fields)
    if kind == "list_value":
        return [plain(item) for item in value.list_value.values]
    return getattr(value, kind)


def value_message(value):
    if value is None:
        return j.Value(null_value=j.NULL_VALUE)
    if isinstance(value, bool):
        return j.Value(bool_value=value)
    if isinstance(value, int):
        return j.Value(integer_value=value)
    if isinstance(value, float):
        return j.Value(double_value=value)
    if isinstance(value, str):
        return j.Value(string_value=value)
    if isinstance(value, dict):
        return j.Value(struct_value=j.Struct(fields=payload_message(value)))
    return j.Value(list_value=j.ListValue(values=[value_message(item) for item in value]))


def payload_message(fields):
    return {key: value_message(value) for key, value in (fields or {}).items()}


# Vectors


@functools.lru_cache
def bm25(options):
    return edge.Bm25(edge.Bm25Config(**dict(options)))


def bm25_model(document):
    if document.model.lower() != "qdrant/bm25":
        raise ValueError(f"the model {document.model!r} is not served here; qdrant/bm25 is")
    options = payload(document.options)
    unknown = set(options) - BM25_OPTIONS
    if unknown:
        raise ValueError(f"options {sorted(unknown)} of qdrant/bm25 are not known")
    return bm25(tuple(sorted(options.items())))


def stored_vector(vector):
    """A vector of a point: a document is embedded as a document."""
    kind = vector.WhichOneof("vector")
    if kind == "document":
        return bm25_model(vector.document).embed_document(vector.document.text)
    if kind is None:  # clients before 1.16 used the plain fields
        sparse = vector.HasField("indices")
        return edge.SparseVector(list(vector.indices.data), list(vector.data)) if sparse else list(vector.data)
    return common_vector(kind, getattr(vector, kind))


def asked_vector(vector):
    """A vector of a question: a document is embedded as a query."""
    kind = vector.WhichOneof("variant")
    if kind == "document":
        return bm25_model(vector.document).embed_query(vector.document.text)
    return common_vector(kind, getattr(vector, kind) if kind else None)


def common_vector(kind, vector):
    if kind == "dense":
        return list(vector.data)
    if kind == "sparse":
        return edge.SparseVector(list(vector.indices), list(vector.values))
    if kind == "multi_dense":
        return [list(row.data) for row in vector.vectors]
    raise NotImplementedError(f"vectors given as {kind}")


def point(message):
    vectors = message.vectors
    if vectors.WhichOneof("vectors_options") == "vector":
        named = stored_vector(vectors.vector)
    else:
        named = {name: stored_vector(vector) for name, vector in vectors.vectors.vectors.items()}
    return edge.Point(point_id(message.id), named, payload(message.payload))


def vector_message(vector):
    if isinstance(vector, edge.SparseVector):
        return p.VectorOutput(sparse=p.SparseVector(indices=vector.indices, values=vector.values))
    if vector and isinstance(vector[0], list):
        return p.VectorOutput(multi_dense=p.MultiDenseVector(vectors=[p.DenseVector(data=row) for row in vector]))
    return p.VectorOutput(dense=p.DenseVector(data=vector))


def vectors_message(vectors):
    if not vectors:
        return None
    if isinstance(vectors, dict):
        named = {name: vector_message(vector) for name, vector in vectors.items()}
        return p.VectorsOutput(vectors=p.NamedVectorsOutput(vectors=named))
    return p.VectorsOutput(vector=vector_message(vectors))


def retrieved(record):
    return p.RetrievedPoint(
        id=id_message(record.id), payload=payload_message(record.payload), vectors=vectors_message(record.vector)
    )


def scored(found):
    return p.ScoredPoint(
        id=id_message(found.id),
        payload=payload_message(found.payload),
        score=found.score,
        version=found.version,
        vectors=vectors_message(found.vector),
    )


# Filters


def selector(message):
    if message.WhichOneof("points_selector_one_of") == "filter":
        return None, condition_filter(message.filter)
    return [point_id(i) for i in message.points.ids], None


def optional_filter(request):
    return condition_filter(request.filter) if request.HasField("filter") else None


def condition_filter(message):
    least = None
    if message.HasField("min_should"):
        least = edge.MinShould([condition(m) for m in message.min_should.conditions], message.min_should.min_count)
    return edge.Filter(
        must=[condition(m) for m in message.must] or None,
        should=[condition(m) for m in message.should] or None,
        must_not=[condition(m) for m in message.must_not] or None,
        min_should=least,
    )


def condition(message):
    kind = message.WhichOneof("condition_one_of")
    if kind == "field":
        return field_condition(message.field)
    if kind == "has_id":
        return edge.HasIdCondition({point_id(i) for i in message.has_id.has_id})
    if kind == "filter":
        return condition_filter(message.filter)
    if kind == "is_empty":
        return edge.IsEmptyCondition(message.is_empty.key)
    if kind == "is_null":
        return edge.IsNullCondition(message.is_null.key)
    raise NotImplementedError(f"conditions of the kind {kind}")


def field_condition(field):
    if field.HasField("match"):
        return edge.FieldCondition(field.key, match=match(field.match))
    if field.HasField("range"):
        return edge.FieldCondition(field.key, range=edge.RangeFloat(**{f.name: v for f, v in field.range.ListFields()}))
    if field.HasField("datetime_range"):
        limits = {f.name: v.ToDatetime().isoformat() + "Z" for f, v in field.datetime_range.ListFields()}
        return edge.FieldCondition(field.key, range=edge.RangeDateTime(**limits))
    raise NotImplementedError("conditions on a field other than match and range")


def match(message):
    kind = message.WhichOneof("match_value")
    value = getattr(message, kind)
    if kind in ("keyword", "integer", "boolean"):
        return edge.MatchValue(value)
    if kind in ("keywords", "except_keywords"):
        return (edge.MatchAny if kind == "keywords" else edge.MatchExcept)(list(value.strings))
    if kind in ("integers", "except_integers"):
        return (edge.MatchAny if kind == "integers" else edge.MatchExcept)(list(value.integers))
    words = {
        "text": edge.MatchText,
        "text_any": edge.MatchTextAny,
        "phrase": edge.MatchPhrase,
        "prefix": edge.MatchPrefix,
        "substring": edge.MatchSubstring,
    }
    return words[kind](value)


# Questions


def with_payload(request, absent):
    kind = request.with_payload.WhichOneof("selector_options")
    if kind is None:
        return absent
    if kind == "enable":
        return request.with_payload.enable
    if kind == "include":
        return list(request.with_payload.include.fields)
    raise NotImplementedError("payload selection by exclusion")


def with_vectors(request):
    kind = request.with_vectors.WhichOneof("selector_options")
    if kind == "include":
        return list(request.with_vectors.include.names)
    return request.with_vectors.enable if kind else False


def scroll(request):
    return edge.ScrollRequest(
        offset=point_id(request.offset) if request.HasField("offset") else None,
        limit=request.limit if request.HasField("limit") else 10,
        filter=optional_filter(request),
        with_payload=with_payload(request, absent=True),
        with_vector=with_vectors(request),
    )


def query_request(request):
    return edge.QueryRequest(
        prefetches=[prefetch(stage) for stage in request.prefetch],
        offset=request.offset,
        with_vector=with_vectors(request),
        with_payload=with_payload(request, absent=False),
        **common_query(request),
    )


def prefetch(stage):
    return edge.Prefetch(prefetches=[prefetch(inner) for inner in stage.prefetch], **common_query(stage))


def common_query(request):
    using = request.using if request.HasField("using") else None
    return {
        "limit": request.limit if request.HasField("limit") else 10,
        "query": scoring(request.query, using) if request.HasField("query") else None,
        "filter": optional_filter(request),
        "score_threshold": request.score_threshold if request.HasField("score_threshold") else None,
    }


def scoring(query, using):
    kind = query.WhichOneof("variant")
    if kind == "nearest":
        return edge.Query.Nearest(asked_vector(query.nearest), using)
    if kind == "fusion":
        return edge.Fusion.Rrf(RRF_K) if query.fusion == p.Fusion.RRF else edge.Fusion.Dbsf()
    if kind == "rrf":
        return edge.Fusion.Rrf(query.rrf.k or RRF_K, list(query.rrf.weights) or None)
    raise NotImplementedError(f"queries of the kind {kind}")
