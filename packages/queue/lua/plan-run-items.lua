--[[
Adds a page of jobs to what a run is to deal with, and remembers how far its selection is. Nothing is dealt with
before the selection is complete, so that what happens meanwhile cannot add to it.

KEYS[1]  the run (hash)      KEYS[2]  its planned jobs (sorted set)
ARGV[1]  the cursor that the page was read with      ARGV[2]  the next one, '' if this page was the last
ARGV[3…] score, job id, …

Returns 1 if they were added; 0 if the run is not running, or another worker has added the page.
]]
local fields = redis.call('HMGET', KEYS[1], 'state', 'cursor', 'selected')
if fields[1] ~= 'running' or fields[2] ~= ARGV[1] or fields[3] then return 0 end
for i = 3, #ARGV, 2 do redis.call('ZADD', KEYS[2], ARGV[i], ARGV[i + 1]) end
redis.call('HSET', KEYS[1], 'cursor', ARGV[2])
if ARGV[2] == '' then
  redis.call('HSET', KEYS[1], 'selected', '1', 'total', redis.call('ZCARD', KEYS[2]))
end
return 1
