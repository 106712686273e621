using Actors.Api.Auth;
using Actors.Api.Cli;
using Actors.Api.Cluster;
using Actors.Api.Demo.Conferences;
using Actors.Api.Demo.Devices;
using Actors.Api.Docs;
using Actors.Api.Health;
using Actors.Api.Hosting;
using Actors.Api.Https;
using Actors.Api.Hubs;
using Actors.Api.Limits;
using Actors.Api.Meetings;
using Actors.Api.Notifications;
using Actors.Api.Pages;
using Actors.Api.Printing;
using Actors.Api.Printing.Pdf;
using Actors.Api.Problems;
using Actors.Api.Settings;
using Actors.Api.Tallying;
using Actors.Api.Telemetry;
using Actors.Silo.Cli;
using Actors.Silo.Settings;
using Actors.Silo.Telemetry;

if (args is [PdfWorker.Command])
{
    return PdfWorker.Run();
}

var line = CommandLine.Parse(args, out var refusal);
if (line is null)
{
    return Exit.With(Exit.Refused, refusal, "See --help.");
}

if (line.Command is Command.Help or Command.Version)
{
    Console.WriteLine(line.Command is Command.Help ? Help.Text : Help.Version);
    return Exit.Done;
}

if (line.Command is Command.Vapid)
{
    return VapidCommand.Run();
}

// settings are read once; watching their files would mean to be told of every write to a database below the same folder
string[] settings = ["--HostBuilder:ReloadConfigOnChange=false", .. line.Settings];
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = settings, WebRootPath = StaticPages.Root });
if (builder.AddSettings() is { Count: > 0 } refusals)
{
    return Exit.With(Exit.Refused, refusals);
}

builder.AddLogs();
builder.AddKestrel();
builder.AddTelemetry(builder.Services.Find<OtlpOptions>());
builder.AddSilo(line.Serves);
builder.Services.AddFront();
builder.Services.AddProblems();
builder.Services.AddTokens();
builder.Services.AddMissLimits();
builder.Services.AddHubs();
builder.Services.AddTallyingServices();
builder.Services.AddPrintingServices();
builder.Services.AddMeetingsServices();
builder.Services.AddNotificationsServices();
builder.Services.AddDemoConferences(line.Serves);
builder.Services.AddDemoDevices(line.Serves);
builder.Services.AddApiDocs();
builder.Services.AddLocalHttps();
builder.Services.AddHealth();
builder.Services.AddAnnouncement();

return await Runner.RunAsync(line, builder, app =>
{
    app.UseProxies();
    app.UseRequestLog();
    app.UseSecurityHeaders();
    app.UseProblems();
    app.UseStrictTransport();
    app.UseResponseCompression();
    app.UsePages();
    app.UseDocsPage();
    app.UseHeadAsGet();
    app.UseRouting();
    app.UseOtherOrigins();
    app.UsePrintingOrigins();
    app.UseMeetingsOrigins();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseKnownEncodings();
    app.UseUploadSizes();
    app.UseBodyTimes();

    app.MapStartPage();
    app.MapTrust();
    app.MapHealth();
    app.MapTokens();
    app.MapCluster();
    app.MapTallyingEndpoints();
    app.MapPrintingEndpoints();
    app.MapMeetingsEndpoints();
    app.MapNotificationsEndpoints();
    app.MapDemoConferences();
    app.MapDemoDevices();
    app.MapOpenApi();
});
