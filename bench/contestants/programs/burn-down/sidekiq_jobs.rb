# The job, and with COUNT the program that enqueues.
require "json"
require "securerandom"
require "sidekiq"

Sidekiq.configure_client { |config| config.redis = { url: ENV.fetch("REDIS_URL") } }
Sidekiq.configure_server do |config|
  config.redis = { url: ENV.fetch("REDIS_URL") }
  config.logger.level = Logger::WARN
end

class BenchJob
  include Sidekiq::Worker
  RECORDS = ENV["BENCH_RECORDS"] && File.open(File.join(ENV["BENCH_RECORDS"], "worker-#{$$}.txt"), "a").tap { |f| f.sync = true }

  def perform(event_id, _body)
    RECORDS.write("#{event_id} #{format('%.3f', Time.now.to_f * 1000)}\n")
  end
end

if ENV["COUNT"]
  before, after = ENV.fetch("BODY").split("EVENT_ID")
  cpu = -> { Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) }
  start = cpu.call
  ids = Array.new(ENV["COUNT"].to_i) do
    id = SecureRandom.uuid
    BenchJob.perform_async(id, before + id + after)
    id
  end
  puts JSON.generate({ cpuUs: (cpu.call - start) * 1e6, ids: ids })
end
