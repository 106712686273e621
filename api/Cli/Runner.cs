using Actors.Api.Demo;
using Actors.Api.Hosting;
using Actors.Silo.Cli;
using Actors.Silo.Settings;

namespace Actors.Api.Cli;

/// <summary>Runs the command that was asked for; what fails at the start is said in one sentence.</summary>
internal static class Runner
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(CommandLine line, WebApplicationBuilder builder, Action<WebApplication> pipeline)
    {
        var data = builder.Services.Find<DataOptions>();
        try
        {
            data.Prepare();
            if (line.Command is Command.Migrate)
            {
                return await MigrateCommand.RunAsync(line, data, CancellationToken.None);
            }

            if (line.Command is Command.CheckStatus)
            {
                return await CheckStatusCommand.RunAsync(builder.Build, CancellationToken.None);
            }

            if (line.Command is Command.TokenCreate or Command.TokenList or Command.TokenRevoke)
            {
                return await TokenCommands.RunAsync(line, builder.Build, CancellationToken.None);
            }

            if (line.Command is Command.Demo && await RunningServer.FindAsync(data, CancellationToken.None) is { } running)
            {
                using (running)
                {
                    await DemoCommand.RunAsync(running, data, TimeProvider.System, CancellationToken.None);
                    return Exit.Done;
                }
            }

            await using var app = builder.Build();
            pipeline(app);
            await StartAsync(app);
            if (line.Command is Command.Demo)
            {
                using var own = await RunningServer.FindAsync(data, CancellationToken.None) ?? throw new InvalidOperationException("the server that was just started does not answer");
                await DemoCommand.RunAsync(own, data, TimeProvider.System, CancellationToken.None);
            }

            await app.WaitForShutdownAsync();
            return Exit.Done;
        }
        catch (Exception failure) when (failure is not HostAbortedException)
        {
            return Exit.With(Exit.Failed, StartFailure.Explain(failure));
        }
    }
    /// <summary>What was started before the failure is stopped in order: disposing it in mid-work would be logged as failures of their own.</summary>
    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception failure) when (failure is not HostAbortedException)
        {
            await StopAsync(app);
            throw;
        }
    }

    private static async Task StopAsync(WebApplication app)
    {
        try
        {
            using var patience = new CancellationTokenSource(StopPatience, TimeProvider.System);
            await app.StopAsync(patience.Token);
        }
        catch (Exception failure) when (failure is ArgumentNullException or OperationCanceledException or AggregateException)
        {
            // a host that failed before it made its services has nothing to stop; why it failed is said by the caller
        }
    }
}
