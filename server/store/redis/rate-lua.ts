/**
 * Sliding minutes in Redis, in steps of a second as in one process. Beside `KEYS[1]`, the prefix: a hash of seconds a
 * counter (`<prefix>:minute:<limit>`), a sorted set of running requests by expiry (`<prefix>:running:<limit>`), and
 * a ticket a request, so that it is settled once.
 */
const shared = `
local prefix = KEYS[1]
local steps = 61
local function minute(id) return prefix .. ':minute:' .. id end
local function running(id) return prefix .. ':running:' .. id end
local function secondsOf(id, second)
  local fields, seconds, total = redis.call('HGETALL', minute(id)), {}, 0
  for i = 1, #fields, 2 do
    local at, amount = tonumber(fields[i]), tonumber(fields[i + 1])
    if at <= second - steps then redis.call('HDEL', minute(id), fields[i])
    elseif amount ~= 0 then
      seconds[#seconds + 1] = { at = at, amount = amount }
      total = total + amount
    end
  end
  table.sort(seconds, function(a, b) return a.at < b.at end)
  return seconds, total
end
local function usedOf(limit, now, second)
  if limit.unit == 'concurrency' then
    redis.call('ZREMRANGEBYSCORE', running(limit.id), '-inf', now)
    return redis.call('ZCARD', running(limit.id))
  end
  local _, total = secondsOf(limit.id, second)
  return total
end
local function add(id, second, amount)
  redis.call('HINCRBY', minute(id), second, amount)
  redis.call('EXPIRE', minute(id), 3 * steps)
end
`;

/** ARGV: id, now, tokens, ticket (ms), JSON of limits. */
export const takeRateLua = `${shared}
local id, now, tokens, ticketMs = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local limits, second = cjson.decode(ARGV[5]), math.floor(tonumber(ARGV[2]) / 1000)
local full, retry = 0, -1
for i, limit in ipairs(limits) do
  local amount = limit.unit == 'tokens' and tokens or 1
  local used = usedOf(limit, now, second)
  if used + amount > limit.limit then
    full = i
    local room = limit.limit - amount
    if room >= 0 and limit.unit ~= 'concurrency' then
      local seconds, left = secondsOf(limit.id, second)
      for _, one in ipairs(seconds) do
        left = left - one.amount
        if left <= room then retry = (one.at + steps) * 1000 - now break end
      end
    end
    break
  end
end
if full == 0 and #limits > 0 then
  for _, limit in ipairs(limits) do
    if limit.unit == 'concurrency' then
      redis.call('ZADD', running(limit.id), now + ticketMs, id)
      redis.call('PEXPIRE', running(limit.id), 2 * ticketMs)
    else add(limit.id, second, limit.unit == 'tokens' and tokens or 1) end
  end
  redis.call('SET', prefix .. ':ticket:' .. id, '1', 'PX', ticketMs)
end
local answer = { full, math.ceil(retry) }
for _, limit in ipairs(limits) do
  local reset = 0
  if limit.unit ~= 'concurrency' then
    local seconds = secondsOf(limit.id, second)
    if #seconds > 0 then reset = math.ceil((seconds[#seconds].at + steps) * 1000 - now) end
  end
  answer[#answer + 1] = math.max(0, limit.limit - usedOf(limit, now, second))
  answer[#answer + 1] = reset
end
return answer
`;

/** ARGV: id, now, when it was taken, tokens it came with, tokens it used, JSON of limits. */
export const settleRateLua = `${shared}
local id, now, at = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
if redis.call('DEL', prefix .. ':ticket:' .. id) == 0 then return 0 end
local second, taken = math.floor(now / 1000), math.floor(at / 1000)
for _, limit in ipairs(cjson.decode(ARGV[6])) do
  if limit.unit == 'concurrency' then redis.call('ZREM', running(limit.id), id)
  elseif limit.unit == 'tokens' and taken > second - steps then
    add(limit.id, taken, tonumber(ARGV[5]) - tonumber(ARGV[4]))
  end
end
return 1
`;
