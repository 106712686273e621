using Actors.Api.Auth;
using Actors.Api.Cli;
using Actors.Api.Https;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Actors.Api.Hosting;

/// <summary>Once the server listens: tells people where, and commands on this machine how to reach it.</summary>
internal sealed class Announcement(IServer server, AdminToken adminToken, RunningServer running, TrustInstructions trust) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses.ToArray() ?? [];
        var admin = await adminToken.EnsureAsync(cancellationToken);
        running.Write(addresses, trust.PublicUrl(addresses));
        string[] lines =
        [
            .. addresses.Select(address => $"Actors is at {Reachable(address)}"),
            .. admin is null ? Array.Empty<string>() : [admin],
            .. trust.Lines(addresses),
        ];
        // in one piece, so that logs do not come in between
        await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, lines));
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        running.Delete();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>An address that can be clicked: nobody can open http://[::]:5080.</summary>
    private static string Reachable(string address)
    {
        var binding = BindingAddress.Parse(address);
        return TrustInstructions.IsEverywhere(binding) ? $"{binding.Scheme}://localhost:{binding.Port} (and every address of this machine)" : address;
    }
}
