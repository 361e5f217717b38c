import os

from celery import Celery

from bench_jobs import enqueue_all, record

app = Celery("celery_jobs", broker=os.environ["REDIS_URL"])
app.conf.task_ignore_result = True


@app.task
def job(event_id, _body):
    record(event_id)


if __name__ == "__main__":
    enqueue_all(lambda event_id, body: job.delay(event_id, body))
