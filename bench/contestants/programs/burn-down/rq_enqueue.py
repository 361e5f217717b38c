import os

from redis import Redis
from rq import Queue

from bench_jobs import enqueue_all, rq_job

queue = Queue("events", connection=Redis.from_url(os.environ["REDIS_URL"]))
enqueue_all(lambda event_id, body: queue.enqueue(rq_job, event_id, body))
