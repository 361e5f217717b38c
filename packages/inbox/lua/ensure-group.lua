--[[
Creates the consumer group, from the inbox's very first entry on, if it is not there.

KEYS[1]  the inbox (stream)      KEYS[2]  counts (hash)
ARGV[1]  consumer group

What it counts as read is all that was ever added and is gone by now; see read.lua.

Returns 1 if it was created, 0 if it was there: then nothing is written, which a full Redis would refuse.
]]
if redis.call('EXISTS', KEYS[1]) == 1 then
  for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
    for i = 1, #group, 2 do
      if group[i] == 'name' and group[i + 1] == ARGV[1] then return 0 end
    end
  end
end
redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
local stream = redis.call('XINFO', 'STREAM', KEYS[1])
local info = {}
for i = 1, #stream, 2 do info[stream[i]] = stream[i + 1] end
redis.call('HSET', KEYS[2], 'read', info['entries-added'] - info['length'])
return 1
