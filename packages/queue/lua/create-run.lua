--[[
Creates a run, unless another one of its processor is under way.

KEYS[1]  the id of the run under way (string)      KEYS[2]  the run (hash)
ARGV[1]  run id      ARGV[2]  what never changes, JSON      ARGV[3]  how many jobs were planned
ARGV[4]  whom or what is searched for, JSON, or '': known until the run ends

Returns '' if it was created, or is this very run (the reply to the first call was lost); else the id of the other.
]]
local active = redis.call('GET', KEYS[1])
if active then return active == ARGV[1] and '' or active end
redis.call('SET', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[2], 'about', ARGV[2], 'total', ARGV[3], 'state', 'running', 'cursor', '')
if ARGV[4] ~= '' then redis.call('HSET', KEYS[2], 'sought', ARGV[4]) end
return ''
