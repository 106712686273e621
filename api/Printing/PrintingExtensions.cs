using Actors.Api.Auth;
using Actors.Api.Printing.Pdf;
using Actors.Api.Printing.Terminals;
using Actors.Api.Printing.Wire;
using Actors.Api.Problems;
using Actors.Printing;
using Actors.Silo.Printing;
using Actors.Silo.Settings;
using Microsoft.Extensions.Options;

namespace Actors.Api.Printing;

/// <summary>The front of printing.</summary>
internal static class PrintingExtensions
{
    public static void AddPrintingServices(this IServiceCollection services)
    {
        PrintSettings.Use(services);
        var prefix = services.Find<PrintSettings>().Prefix;
        foreach (var path in (string[])[prefix, "/qr", "/admin", "/auth"])
        {
            services.AddSingleton(new ErrorShapePath(path, StatusBody.Shape));
        }

        services.AddSingleton<PdfCheckers>();
        services.AddSingleton<PinGuard>();
        services.AddSingleton<TerminalNames>();
        services.AddSingleton<PrintDesk>();
        services.AddSingleton<TerminalSockets>();
        services.AddSingleton<TerminalPages>();
        services.AddSingleton<TerminalConnections>();
        services.AddHostedService(provider => provider.GetRequiredService<TerminalConnections>());
    }

    /// <summary>The web app of print-api's users is of another origin, and sends nothing that a browser would send by itself.</summary>
    public static void UsePrintingOrigins(this WebApplication app)
    {
        var prefix = app.Services.GetRequiredService<IOptions<PrintingOptions>>().Value.Prefix;
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase) || context.Request.Path.StartsWithSegments("/qr", StringComparison.OrdinalIgnoreCase),
            branch => branch.UseCors(policy => policy.AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("Retry-After")));
    }

    public static void MapPrintingEndpoints(this WebApplication app)
    {
        var prefix = app.Services.GetRequiredService<IOptions<PrintingOptions>>().Value.Prefix;
        var print = Group(app, prefix);
        print.MapMembers();
        print.MapFiles();
        print.MapContents();
        print.MapQr();
        print.MapAdmin();
        // where the seed's clients look for them as well
        var bare = Group(app, "");
        bare.ExcludeFromDescription();
        bare.MapQr();
        bare.MapAdmin();
        app.MapMe();
        app.MapMemberList();
        app.MapTerminals();
        app.MapPairings();
        app.MapJobs();
        app.MapPrintStatistics();
        app.MapPrintPages();
        app.MapHub<TerminalsHub>("/hubs/terminals", hub => hub.AllowStatefulReconnects = false).RequireScope(Scopes.PrintQrTaskGet);
    }

    private static RouteGroupBuilder Group(WebApplication app, string prefix) =>
        app.MapGroup(prefix).WithMetadata(StatusBody.Shape).AddEndpointFilter<FailureFilter>().WithTags("Printing");
}
