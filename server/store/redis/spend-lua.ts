/**
 * Ledger and leases in Redis. Beside `KEYS[1]`, the prefix: a hash of slices an account (`<prefix>:spent:<account>`), what
 * is reserved by account, leases by expiry, and each lease's amounts. Numbers of Lua are doubles, so whole nano-dollars
 * are exact to 2^53; they are written with `%.0f`, since Lua would write large ones as 1e+15.
 */
const shared = `
local prefix = KEYS[1]
local leases, reserved = prefix .. ':leases', prefix .. ':reserved'
local function whole(n) return string.format('%.0f', n) end
local function release(id)
  if redis.call('ZREM', leases, id) == 0 then return end
  local key = prefix .. ':lease:' .. id
  local held = redis.call('HGETALL', key)
  for i = 1, #held, 2 do
    local left = tonumber(redis.call('HINCRBY', reserved, held[i], '-' .. held[i + 1]))
    if left <= 0 then redis.call('HDEL', reserved, held[i]) end
  end
  redis.call('DEL', key)
end
local function expire(now)
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, 1000)) do release(id) end
end
local function spentOf(account, counted)
  local sum = 0
  if #counted == 0 then return sum end
  for _, value in ipairs(redis.call('HMGET', prefix .. ':spent:' .. account, unpack(counted))) do
    if value then sum = sum + tonumber(value) end
  end
  return sum
end
local function reservedOf(account) return tonumber(redis.call('HGET', reserved, account) or '0') end
local function stateOf(account) return redis.call('GET', prefix .. ':fill:' .. account) end
local function book(account, slice, spent)
  local key = prefix .. ':spent:' .. account
  redis.call('HINCRBY', key, slice, whole(spent))
  redis.call('PEXPIRE', key, ARGV[1])
end
`;

/** ARGV: keep (ms), id, now, expiry, lease (ms to live), JSON of asks, `shared` or `alone`. Answers a list of texts. */
export const takeLua = `${shared}
local id, now, expiresAt = ARGV[2], ARGV[3], ARGV[4]
local asks = cjson.decode(ARGV[6])
expire(now)
if ARGV[7] == 'shared' then
  for _, ask in ipairs(asks) do if stateOf(ask.account) ~= 'filled' then return {'empty', ask.account} end end
end
local balances = {}
for i, ask in ipairs(asks) do
  local spent, held = spentOf(ask.account, ask.counted), reservedOf(ask.account)
  if ask.limit and ask.amount > 0 and spent + held + ask.amount > ask.limit then
    return {'full', whole(i), whole(spent), whole(held)}
  end
  balances[#balances + 1] = whole(spent)
  balances[#balances + 1] = whole(held + ask.amount)
end
local key = prefix .. ':lease:' .. id
for _, ask in ipairs(asks) do
  if ask.amount > 0 then
    redis.call('HINCRBY', reserved, ask.account, whole(ask.amount))
    redis.call('HINCRBY', key, ask.account, whole(ask.amount))
  end
end
redis.call('ZADD', leases, expiresAt, id)
redis.call('PEXPIRE', key, ARGV[5])
return {'taken', unpack(balances)}
`;

/**
 * ARGV: keep (ms), id, now, how long a settling is remembered (ms), JSON of lease ids, JSON of spends, `shared` or `alone`.
 * On an account that nobody has claimed nothing is booked: whoever fills it finds the request in the log.
 */
export const settleLua = `${shared}
expire(ARGV[3])
for _, id in ipairs(cjson.decode(ARGV[5])) do release(id) end
if not redis.call('SET', prefix .. ':settled:' .. ARGV[2], '1', 'NX', 'PX', ARGV[4]) then return 0 end
for _, spend in ipairs(cjson.decode(ARGV[6])) do
  local state = ARGV[7] == 'shared' and stateOf(spend.account) or 'filled'
  if state and spend.spent > 0 then
    book(spend.account, spend.slice, spend.spent)
    if state ~= 'filled' then redis.call('RPUSH', prefix .. ':settled-on:' .. spend.account, ARGV[2]) end
  end
end
return 1
`;

/** ARGV: account, how long a claim holds (ms). */
export const claimLua = `${shared}
local key = prefix .. ':fill:' .. ARGV[1]
if redis.call('GET', key) == 'filled' then return 'filled' end
if not redis.call('SET', key, 'claimed', 'NX', 'PX', ARGV[2]) then return 'theirs' end
redis.call('DEL', prefix .. ':settled-on:' .. ARGV[1], prefix .. ':spent:' .. ARGV[1])
return 'mine'
`;

/** ARGV: keep (ms), account, JSON of totals. */
export const fillLua = `${shared}
for _, one in ipairs(cjson.decode(ARGV[3])) do book(one.account, one.slice, one.spent) end
redis.call('SET', prefix .. ':fill:' .. ARGV[2], 'filled', 'PX', ARGV[1])
redis.call('DEL', prefix .. ':settled-on:' .. ARGV[2])
return 1
`;

/** ARGV: keep (ms), now, JSON of accounts. Answers spent and reserved by turns, as text. */
export const balancesLua = `${shared}
expire(ARGV[2])
local answer = {}
for _, one in ipairs(cjson.decode(ARGV[3])) do
  answer[#answer + 1] = whole(spentOf(one.account, one.counted))
  answer[#answer + 1] = whole(reservedOf(one.account))
end
return answer
`;

/** ARGV: keep (ms), JSON of totals. */
export const seedLua = `${shared}
for _, one in ipairs(cjson.decode(ARGV[2])) do book(one.account, one.slice, one.spent) end
return 1
`;
