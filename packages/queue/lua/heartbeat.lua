--[[
Registers a worker and what its processors want, and brings the subscriptions up to date.

A processor's subscription is the union over its live workers; without any it stays as it was, so that its
queue fills while all its workers are down.

KEYS[1]  workers (hash)      KEYS[2]  subscriptions (hash)      KEYS[3]  tombstones (hash)
KEYS[4]  workers' details (hash): what they say of themselves once, never read here, since each beat reads
         what all workers say

ARGV[1]  worker id           ARGV[2]  the worker, JSON without processors
ARGV[3]  ms after which a silent worker no longer counts        ARGV[4]  ms after which it is forgotten
ARGV[5]  when the worker started, ms since 1970
ARGV[6]  ms after which a worker that signed off is forgotten
ARGV[7…] processor name, its subscription as JSON, …

A worker's value:       {"seenAt": ms, "startedAt": ms, "about": {…}, "processors": {name: JSON text, …}}, and
                        "stoppedAt": ms once it has signed off
A subscription's value: {"since": ms, "seenAt": ms, "any": [subscription, …]}

A tombstone (from `processors remove`) is respected until a worker that started after it brings the processor
back.

Returns {the number of live workers, 1 if this one's details are there, else 0}.
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local names = {}
for i = 7, #ARGV, 2 do names[#names + 1] = cjson.encode(ARGV[i]) .. ':' .. cjson.encode(ARGV[i + 1]) end
-- A full Redis refuses a script's first write if it needs memory, but not those after another one: workers are
-- needed to empty it.
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], string.format('{"seenAt":%.0f,"startedAt":%s,"about":%s,"processors":{%s}}',
  now, ARGV[5], ARGV[2], table.concat(names, ',')))

local wanted, live = {}, 0
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local worker = cjson.decode(all[i + 1])
  local forgotten = worker.seenAt < now - tonumber(ARGV[4])
    or (worker.stoppedAt and worker.stoppedAt < now - tonumber(ARGV[6]))
  if forgotten then
    redis.call('HDEL', KEYS[1], all[i])
    redis.call('HDEL', KEYS[4], all[i])
  elseif not worker.stoppedAt and worker.seenAt >= now - tonumber(ARGV[3]) then
    live = live + 1
    for name, subscription in pairs(worker.processors) do
      local removedAt = redis.call('HGET', KEYS[3], name)
      if not removedAt or worker.startedAt > tonumber(removedAt) then
        if removedAt then redis.call('HDEL', KEYS[3], name) end
        wanted[name] = wanted[name] or {list = {}, has = {}}
        if not wanted[name].has[subscription] then
          wanted[name].has[subscription] = true
          table.insert(wanted[name].list, subscription)
        end
      end
    end
  end
end

for name, union in pairs(wanted) do
  local before = redis.call('HGET', KEYS[2], name)
  local since = before and cjson.decode(before).since or now
  table.sort(union.list)
  redis.call('HSET', KEYS[2], name, string.format('{"since":%.0f,"seenAt":%.0f,"any":[%s]}',
    since, now, table.concat(union.list, ',')))
end
return {live, redis.call('HEXISTS', KEYS[4], ARGV[1])}
