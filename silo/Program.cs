using Actors.Silo.Cli;
using Actors.Silo.Hosting;
using Actors.Silo.Mail;
using Actors.Silo.Meetings;
using Actors.Silo.Notifications;
using Actors.Silo.Printing;
using Actors.Silo.Settings;
using Actors.Silo.Tallying;
using Actors.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var line = SiloCommandLine.Parse(args);
if (line.Refusal is { } refusal)
{
    return Exit.With(Exit.Refused, refusal, "See --help.");
}

if (line.Command is SiloCommand.Help or SiloCommand.Version)
{
    Console.WriteLine(line.Command is SiloCommand.Help ? SiloHelp.Text : ProgramVersion.Text);
    return Exit.Done;
}

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = line.Settings });
builder.Services.AddSingleton(TimeProvider.System);
if (SiloSettings.Catalog.Read(builder.Configuration, builder.Services) is { Count: > 0 } refusals)
{
    return Exit.With(Exit.Refused, refusals);
}

var connections = builder.Services.Find<ConnectionStringsOptions>();
if (connections.Actors is not { } database)
{
    return Exit.With(Exit.Refused, "A silo needs ConnectionStrings:Actors, the database of its cluster; without one the program api runs a silo of its own.");
}

builder.AddLogs();
builder.AddTelemetry(builder.Services.Find<OtlpOptions>());
builder.Services.AddActorsStorage(builder.Services.Find<DataOptions>().FullPath, database, exclusive: true);
builder.AddActorsSilo(silo => silo.Cluster = new ClusterPart(builder.Services.Find<ClusterOptions>(), database, HoldsGrains: true) { Redis = connections.Redis });
TallySettings.Use(builder.Services);
PrintSettings.Use(builder.Services);
BbbSettings.Use(builder.Services);
builder.Services.AddPushSending();
builder.Services.AddMail();
return await SiloRunner.RunAsync(line, builder);
