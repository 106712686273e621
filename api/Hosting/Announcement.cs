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
        running.Write(addresses);
        foreach (var address in addresses)
        {
            await Console.Out.WriteLineAsync($"Actors is at {Reachable(address)}");
        }

        foreach (var line in trust.Lines(addresses))
        {
            await Console.Out.WriteLineAsync(line);
        }

        if (admin is not null)
        {
            await Console.Out.WriteLineAsync(admin);
        }

        await Console.Out.FlushAsync(cancellationToken);
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
        return binding.Host is "*" or "+" or "[::]" or "0.0.0.0" ? $"{binding.Scheme}://localhost:{binding.Port} (and every address of this machine)" : address;
    }
}
