--[[
Brings the index of dead letters in line with the failed set, for one letter.

The failed set is the truth. With facets the letter is indexed, if it is dead and died at the given moment;
without, it is taken out, unless it is dead. So neither a replay that is slow to report nor an old look at a letter
that died again meanwhile leaves anything wrong behind.

KEYS[1]  the failed set (sorted set)      KEYS[2]  letters: id -> facets (hash)
KEYS[3]  groups: group -> what its letters have in common (hash)
KEYS[4]  groups by the last death in them (sorted set)
KEYS[5]  letters by attempts (sorted set)

ARGV[1]  prefix of the sorted sets of facets, in the same slot      ARGV[2]  job id
ARGV[3]  when it died, ms since 1970; '' takes it out
ARGV[4]  score by attempts      ARGV[5]  facets, JSON: {"sets": [names], ...}
ARGV[6]  group, a name of ARGV[8...]'s with 'group:' before it      ARGV[7]  the group's record, JSON
ARGV[8...]  names of the sorted sets of facets that it belongs to; scores are the moment of death

Returns 1 if the index now agrees; 0 if the letter's state is another: dead again since, or no longer dead.
]]
local prefix, id, diedAt = ARGV[1], ARGV[2], ARGV[3]
local score = redis.call('ZSCORE', KEYS[1], id)
if diedAt == '' then
  if score then return 0 end
elseif not score or tonumber(score) ~= tonumber(diedAt) then
  return 0
end

local before = redis.call('HGET', KEYS[2], id)
local old = before and cjson.decode(before).sets or {}
local touched = {}

-- What needs memory comes first: a full Redis refuses a script's first write, and nothing else of it then.
if diedAt ~= '' then
  redis.call('HSET', KEYS[2], id, ARGV[5])
  redis.call('ZADD', KEYS[5], ARGV[4], id)
  redis.call('HSET', KEYS[3], ARGV[6], ARGV[7])
  touched[ARGV[6]] = true
else
  redis.call('HDEL', KEYS[2], id)
  redis.call('ZREM', KEYS[5], id)
end

local keep = {}
for i = 8, #ARGV do
  keep[ARGV[i]] = true
  redis.call('ZADD', prefix .. ARGV[i], diedAt, id)
end
for i = 1, #old do
  if not keep[old[i]] then redis.call('ZREM', prefix .. old[i], id) end
  if string.sub(old[i], 1, 6) == 'group:' then touched[string.sub(old[i], 7)] = true end
end

for group in pairs(touched) do
  local last = redis.call('ZREVRANGE', prefix .. 'group:' .. group, 0, 0, 'WITHSCORES')
  if last[2] then
    redis.call('ZADD', KEYS[4], last[2], group)
  else
    redis.call('ZREM', KEYS[4], group)
    redis.call('HDEL', KEYS[3], group)
  end
end
return 1
