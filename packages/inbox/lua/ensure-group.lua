--[[
Creates the consumer group, from the inbox's very first entry on, if it is not there.

KEYS[1]  the inbox (stream)      KEYS[2]  counts (hash)
ARGV[1]  consumer group

What it counts as read is all that was ever added and is gone by now; see read.lua. A group of a version that did not
count begins with Redis' own count.

Returns 1 if it was created, 0 if it was there: then nothing needs to be written, which a full Redis would refuse.
]]
local function toRecord(flat)
  local record = {}
  for i = 1, #flat, 2 do record[flat[i]] = flat[i + 1] end
  return record
end

if redis.call('EXISTS', KEYS[1]) == 1 then
  for _, flat in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
    local group = toRecord(flat)
    if group['name'] == ARGV[1] then
      local read = group['entries-read']
      if read and redis.call('HEXISTS', KEYS[2], 'read') == 0 then redis.pcall('HSET', KEYS[2], 'read', read) end
      return 0
    end
  end
end
redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
local stream = toRecord(redis.call('XINFO', 'STREAM', KEYS[1]))
redis.call('HSET', KEYS[2], 'read', stream['entries-added'] - stream['length'])
return 1
