namespace Actors.Engine.Cluster;

// How it follows the view: told by the table, and asking in any case.
public sealed partial class ClusterMembership
{
    private static readonly TimeSpan RefreshPatience = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task RefreshAsync(long version, CancellationToken cancellationToken)
    {
        if (_view.Version < version)
        {
            // The caller goes on elsewhere than in the reader, which has others to serve.
            await Task.WhenAny(_reader.ReadAsync(), Task.Delay(RefreshPatience, _time, cancellationToken))
                .ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    private void Look() => _ = _reader.ReadAsync();

    private async Task PollAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await _reader.ReadAsync();
            await _wake.WaitAsync(_tableLost ? RetryPause : _options.Renewal, _stop.Token);
        }
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Exception? failure = null;
            try
            {
                await _table.ListenAsync(
                    () =>
                    {
                        _listening = true;
                        Look();
                    },
                    _stop.Token);
            }
            catch (Exception error)
            {
                failure = error;
            }

            if (_listening && !_stop.IsCancellationRequested)
            {
                MembershipLog.ListeningLost(_log, failure);
                _wake.Call();
            }

            _listening = false;
            await _calls.WaitAsync(_options.RefutationTime);
        }
    }

    // Never throws, never two at once: see ViewReader.
    private async Task ReadOnceAsync()
    {
        try
        {
            var known = _view.Version;
            var snapshot = await _calls.DoAsync(_table.ReadAsync);
            if (_local is null)
            {
                NoteTable(null);
            }

            Take(snapshot, known);
        }
        catch (Exception failure)
        {
            if (_local is null && !_stop.IsCancellationRequested)
            {
                NoteTable(failure);
            }
        }
    }

    private void Take(MembershipSnapshot snapshot, long known)
    {
        if (snapshot.View.Version < known && !WentBack(known, snapshot.View.Version))
        {
            return;
        }

        if (snapshot.View.Version != _view.Version)
        {
            _view = snapshot.View;
            MembershipLog.ViewChanged(_log, snapshot.View);
            Action<ClusterView>[] handlers;
            lock (_viewHandlers)
            {
                handlers = [.. _viewHandlers];
            }

            foreach (var handler in handlers)
            {
                Call(() => handler(snapshot.View));
            }
        }

        if (_local is null)
        {
            _active.TrySetResult();
        }
        else if (_life is { } life)
        {
            LookAfter(snapshot, life);
        }
    }

    private void LookAfter(MembershipSnapshot snapshot, SiloLife life)
    {
        // Renewing is how it refutes, and how it learns that it is dead; against a majority it does not help, and must not
        // be tried in a circle.
        var own = snapshot.Silos.FirstOrDefault(entry => entry.Member == life.Member);
        if (!life.IsEvicted && (own is null or { Doubt: Doubt.Suspected or Doubt.Expired }))
        {
            _wake.Call();
        }

        _evictions.Consider(
            snapshot.Doubtful.Where(entry => entry.Member != life.Member),
            () => _life is { IsParked: false } now && !_wentBack ? now.Member : null,
            Look);
    }

    /// <summary>Whether to follow a table that is older than what is known; a silo, whose grains know more than is stored, must not.</summary>
    private bool WentBack(long known, long found)
    {
        if (_local is null)
        {
            MembershipLog.ClientWentBack(_log, known, found);
            return true;
        }

        if (!_wentBack)
        {
            _wentBack = true;
            MembershipLog.WentBack(_log, known, found);
        }

        return false;
    }
}
