namespace Actors.Engine.Cluster;

// How a silo that has joined becomes active: not before it reaches more than half of the active ones, so that one that
// is badly connected does not come and go.
public sealed partial class ClusterMembership
{
    private async Task AdmitAsync(SiloLife life)
    {
        var pause = RetryPause;
        while (!_stop.IsCancellationRequested && !life.IsEvicted && !_leaving)
        {
            var known = _view.Version;
            await _reader.ReadAsync();
            if (!_tableLost && !_wentBack && await ReachesEnoughAsync(life) && !_leaving && await ActivateAsync(life))
            {
                return;
            }

            // Others may have come or gone meanwhile; otherwise less and less often.
            pause = _view.Version != known ? RetryPause : TimeSpan.FromTicks(Math.Min((pause * 1.5).Ticks, _options.Lease.Ticks));
            await Task.Delay(pause, _time, life.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> ReachesEnoughAsync(SiloLife life)
    {
        var others = _view.Members.Remove(life.Member);
        var probes = others.Select(other => ProbeAsync(life, other)).ToList();
        var reached = 0;
        while (probes.Count > 0 && reached * 2 <= others.Length)
        {
            // Those that do not answer are not waited for once enough have.
            var probe = await Task.WhenAny(probes);
            probes.Remove(probe);
            reached += await probe ? 1 : 0;
        }

        if (others.IsEmpty || reached * 2 > others.Length)
        {
            return true;
        }

        MembershipLog.NotAdmitted(_log, life.Member, reached, others.Length);
        return false;
    }

    private async Task<bool> ProbeAsync(SiloLife life, ClusterMember other)
    {
        var isReached = await ReachesAsync(other, life.Ended);
        if (!isReached && !life.IsEvicted)
        {
            Suspect(other, "A silo that joins does not reach it.");
        }

        return isReached;
    }

    private async Task<bool> ReachesAsync(ClusterMember member, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(_options.Silence, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            return await CanReach(member, either.Token).WaitAsync(either.Token);
        }
        catch (Exception)
        {
            // A refusal, a time-out: whatever it is, it does not answer.
            return false;
        }
    }

    private async Task<bool> ActivateAsync(SiloLife life)
    {
        try
        {
            if (!await _calls.DoAsync(token => _table.ActivateAsync(life.Member, token), life.Ended))
            {
                return false;
            }

            life.IsActive = !_leaving;
            MembershipLog.Activated(_log, life.Member);
            await _reader.ReadAsync();
            _active.TrySetResult();
            return true;
        }
        catch (Exception failure)
        {
            if (!_stop.IsCancellationRequested && !life.IsEvicted)
            {
                NoteTable(failure);
            }

            return false;
        }
    }
}
