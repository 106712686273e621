namespace Actors.Engine.Cluster;

// How it joins, renews, parks, and joins again.
public sealed partial class ClusterMembership
{
    private static readonly TimeSpan LongestRejoinPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SteadyLife = TimeSpan.FromMinutes(1);

    private int _shortLives;

    /// <summary>Short enough for a few tries within the time to refute.</summary>
    private TimeSpan RetryPause => _options.RefutationTime / 2;

    private async Task KeepAsync(LocalSilo local)
    {
        while (!_stop.IsCancellationRequested)
        {
            var life = _life;
            if (life is null or { IsEvicted: true })
            {
                if (_leaving || _wentBack)
                {
                    return;
                }

                await JoinAsync(local);
            }
            else
            {
                await RenewAsync(life);
            }

            // Whoever is not told of a suspicion has to come by itself in time to refute it.
            await _wake.WaitAsync(_tableLost || !_listening ? RetryPause : _options.Renewal, _stop.Token);
        }
    }

    private async Task JoinAsync(LocalSilo local)
    {
        try
        {
            var sentAt = _time.GetTimestamp();
            var member = await _calls.DoAsync(token => _table.JoinAsync(local.Id, local.Endpoint, token));
            NoteTable(null);
            var life = new SiloLife(member, sentAt, _options, _time);
            _life = life;
            MembershipLog.Joined(_log, member, local.Endpoint);
            _ = AdmitAsync(life);
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested)
        {
            NoteTable(failure);
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private async Task RenewAsync(SiloLife life)
    {
        try
        {
            var known = _view.Version;
            var sentAt = _time.GetTimestamp();
            var renewal = await _calls.DoAsync(token => _table.RenewAsync(life.Member, token));
            NoteTable(null);
            if (!renewal.IsMember)
            {
                // Its own leaving takes the row before this process has stopped to renew it.
                if (!_hasLeft)
                {
                    await EndAsync(life);
                }

                return;
            }

            if (renewal.ViewVersion < known)
            {
                WentBack(known, renewal.ViewVersion);
                return;
            }

            NoteLease(life, sentAt);
            if (renewal.HasDoubtfulMembers || renewal.ViewVersion > _view.Version)
            {
                Look();
            }
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested)
        {
            NoteTable(failure);
            _evictions.Forget();
            if (life is { IsParked: true, ParkingTold: false })
            {
                life.ParkingTold = true;
                MembershipLog.Parked(_log, life.Member, life.LeaseAge);
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private void NoteLease(SiloLife life, long sentAt)
    {
        if (life.IsParked)
        {
            MembershipLog.Resumed(_log, life.Member, life.LeaseAge);
            life.ParkingTold = false;
        }

        life.Renewed(sentAt);
    }

    private async Task EndAsync(SiloLife life)
    {
        life.Evict();
        _instruments.CountOwnEviction();
        _shortLives = _time.GetElapsedTime(life.JoinedAt) < SteadyLife ? _shortLives + 1 : 0;
        var pause = _shortLives == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(
            (_options.Renewal * Math.Pow(2, Math.Min(_shortLives, 10)) * (0.25 + (0.25 * _random.NextDouble()))).Ticks,
            LongestRejoinPause.Ticks));
        MembershipLog.SelfEvicted(_log, life.Member, pause);
        Action[] handlers;
        lock (_evictedHandlers)
        {
            handlers = [.. _evictedHandlers];
        }

        foreach (var handler in handlers)
        {
            Call(handler);
        }

        if (!_leaving && pause > TimeSpan.Zero)
        {
            await _calls.WaitAsync(pause);
        }

        // The next round joins, at once.
        _wake.Call();
    }
}
