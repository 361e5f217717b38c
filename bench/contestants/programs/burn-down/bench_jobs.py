"""What RQ and Celery share: the job's work, and the loop that enqueues."""
import json
import os
import time
import uuid


def record(event_id):
    path = os.path.join(os.environ["BENCH_RECORDS"], f"worker-{os.getpid()}.txt")
    with open(path, "a", buffering=1) as file:
        file.write(f"{event_id} {time.time() * 1000:.3f}\n")


def rq_job(event_id, _body):
    record(event_id)


def enqueue_all(enqueue):
    before, after = os.environ["BODY"].split("EVENT_ID")
    ids = []
    start = time.process_time()
    for _ in range(int(os.environ["COUNT"])):
        event_id = str(uuid.uuid4())
        enqueue(event_id, before + event_id + after)
        ids.append(event_id)
    print(json.dumps({"cpuUs": (time.process_time() - start) * 1e6, "ids": ids}))
