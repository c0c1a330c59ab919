"""Qdrant on one machine: Qdrant's own engine (qdrant-edge) behind Qdrant's own gRPC interface.

Services speak to it with the same client as to a Qdrant cluster. What is offered is what they use: collections, upsert, query
(dense, sparse, BM25 documents, filters, prefetch with fusion), scroll, get, count, delete, payload indexes. Anything else answers
UNIMPLEMENTED, as a gRPC server does.

    qdrant_local.py PORT DATA_FOLDER
"""

import shutil
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import qdrant_edge as edge
from qdrant_client.grpc import collections_pb2 as c
from qdrant_client.grpc import collections_service_pb2_grpc as collections_rpc
from qdrant_client.grpc import points_pb2 as p
from qdrant_client.grpc import points_service_pb2_grpc as points_rpc
from qdrant_client.grpc import qdrant_pb2 as q
from qdrant_client.grpc import qdrant_pb2_grpc as qdrant_rpc

import qdrant_convert as convert

VERSION = "1.20.0"
NOT_FOUND, INVALID = grpc.StatusCode.NOT_FOUND, grpc.StatusCode.INVALID_ARGUMENT


class Refused(Exception):
    """An answer that is an error, with the gRPC code Qdrant uses for it."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Collection:
    """One shard and the request that created it, which is also how its configuration is told to clients."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.request = c.CreateCollection.FromString((folder / "create.pb").read_bytes())
        self.lock = threading.Lock()
        shard = folder / "shard"
        if shard.exists():
            self.shard = edge.EdgeShard.load(str(shard))
        else:
            self.shard = edge.EdgeShard.create(str(shard), convert.edge_config(self.request))
        self.operations = 0

    @staticmethod
    def create(folder: Path, request):
        convert.edge_config(request)  # refuse a bad configuration before anything is on disk
        folder.mkdir(parents=True)
        (folder / "create.pb").write_bytes(request.SerializeToString())
        return Collection(folder)

    def update(self, operation):
        with self.lock:
            self.shard.update(operation)
            self.operations += 1
            return self.operations

    def close(self):
        with self.lock:
            self.shard.flush()
            self.shard.close()


class Store:
    """All collections below one folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        self.collections = {f.name: Collection(f) for f in folder.iterdir() if (f / "create.pb").exists()}

    def get(self, name) -> Collection:
        try:
            return self.collections[name]
        except KeyError:
            raise Refused(NOT_FOUND, f"Not found: Collection `{name}` doesn't exist!") from None

    def create(self, request):
        name = request.collection_name
        if not name or name != Path(name).name or len(name) > 255:
            raise Refused(INVALID, "Wrong input: collection name is not valid")
        with self.lock:
            if name in self.collections:
                raise Refused(grpc.StatusCode.ALREADY_EXISTS, f"Wrong input: Collection `{name}` already exists!")
            self.collections[name] = Collection.create(self.folder / name, request)

    def delete(self, name) -> bool:
        with self.lock:
            collection = self.collections.pop(name, None)
            if collection is None:
                return False
            collection.close()
            shutil.rmtree(collection.folder)
            return True

    def close(self):
        for collection in self.collections.values():
            collection.close()


def answered(method):
    """Times the call and turns what goes wrong into the status a Qdrant server sends."""

    def call(self, request, context):
        started = time.perf_counter()
        try:
            response = method(self, request)
        except Refused as refused:
            context.abort(refused.code, str(refused))
        except NotImplementedError as missing:
            context.abort(grpc.StatusCode.UNIMPLEMENTED, str(missing))
        except Exception as error:  # the engine says everything it refuses with its own exception types
            context.abort(INVALID, f"Wrong input: {error}")
        response.time = time.perf_counter() - started
        return response

    return call


class Health(qdrant_rpc.QdrantServicer):
    def HealthCheck(self, request, context):
        return q.HealthCheckReply(title="qdrant - vector search engine", version=VERSION)


class Collections(collections_rpc.CollectionsServicer):
    def __init__(self, store):
        self.store = store

    @answered
    def Create(self, request):
        self.store.create(request)
        return c.CollectionOperationResponse(result=True)

    @answered
    def Delete(self, request):
        return c.CollectionOperationResponse(result=self.store.delete(request.collection_name))

    @answered
    def CollectionExists(self, request):
        exists = request.collection_name in self.store.collections
        return c.CollectionExistsResponse(result=c.CollectionExists(exists=exists))

    @answered
    def List(self, request):
        names = sorted(self.store.collections)
        return c.ListCollectionsResponse(collections=[c.CollectionDescription(name=name) for name in names])

    @answered
    def Get(self, request):
        collection = self.store.get(request.collection_name)
        return c.GetCollectionInfoResponse(result=convert.collection_info(collection.request, collection.shard.info()))


class Points(points_rpc.PointsServicer):
    def __init__(self, store):
        self.store = store

    def updated(self, request, operation):
        number = self.store.get(request.collection_name).update(operation)
        return p.PointsOperationResponse(result=p.UpdateResult(operation_id=number, status=p.UpdateStatus.Completed))

    @answered
    def Upsert(self, request):
        points = [convert.point(point) for point in request.points]
        return self.updated(request, edge.UpdateOperation.upsert_points(points))

    @answered
    def Delete(self, request):
        ids, condition = convert.selector(request.points)
        if condition is None:
            return self.updated(request, edge.UpdateOperation.delete_points(ids))
        return self.updated(request, edge.UpdateOperation.delete_points_by_filter(condition))

    @answered
    def SetPayload(self, request):
        ids, condition = convert.selector(request.points_selector)
        payload = convert.payload(request.payload)
        key = request.key if request.HasField("key") else None
        if condition is None:
            return self.updated(request, edge.UpdateOperation.set_payload(ids, payload, key))
        return self.updated(request, edge.UpdateOperation.set_payload_by_filter(condition, payload, key))

    @answered
    def CreateFieldIndex(self, request):
        schema = convert.field_schema(request.field_type)
        return self.updated(request, edge.UpdateOperation.create_field_index(request.field_name, schema))

    @answered
    def DeleteFieldIndex(self, request):
        return self.updated(request, edge.UpdateOperation.delete_field_index(request.field_name))

    @answered
    def Get(self, request):
        shard = self.store.get(request.collection_name).shard
        with_payload = convert.with_payload(request, absent=True)
        found = shard.retrieve([convert.point_id(i) for i in request.ids], with_payload, convert.with_vectors(request))
        return p.GetResponse(result=[convert.retrieved(record) for record in found])

    @answered
    def Scroll(self, request):
        shard = self.store.get(request.collection_name).shard
        records, following = shard.scroll(convert.scroll(request))
        response = p.ScrollResponse(result=[convert.retrieved(record) for record in records])
        if following is not None:
            response.next_page_offset.CopyFrom(convert.id_message(following))
        return response

    @answered
    def Count(self, request):
        shard = self.store.get(request.collection_name).shard
        condition = convert.optional_filter(request)
        return p.CountResponse(result=p.CountResult(count=shard.count(edge.CountRequest(exact=True, filter=condition))))

    @answered
    def Query(self, request):
        shard = self.store.get(request.collection_name).shard
        return p.QueryResponse(result=[convert.scored(point) for point in shard.query(convert.query_request(request))])

    @answered
    def QueryBatch(self, request):
        shard = self.store.get(request.collection_name).shard
        batch = edge.QueryBatchRequest([convert.query_request(query) for query in request.query_points])
        results = [p.BatchResult(result=[convert.scored(point) for point in found]) for found in shard.query_batch(batch)]
        return p.QueryBatchResponse(result=results)


def main():
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    store = Store(folder)
    megabytes = 64 * 1024 * 1024
    limits = [
        ("grpc.max_receive_message_length", megabytes),
        ("grpc.max_send_message_length", megabytes),
        ("grpc.so_reuseport", 0),
    ]
    server = grpc.server(ThreadPoolExecutor(max_workers=4), options=limits)
    qdrant_rpc.add_QdrantServicer_to_server(Health(), server)
    collections_rpc.add_CollectionsServicer_to_server(Collections(store), server)
    points_rpc.add_PointsServicer_to_server(Points(store), server)
    server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    print(f"qdrant_local: {len(store.collections)} collections from {folder}, listening on 127.0.0.1:{port}", flush=True)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    stop.wait()
    server.stop(grace=2).wait()
    store.close()


if __name__ == "__main__":
    main()
