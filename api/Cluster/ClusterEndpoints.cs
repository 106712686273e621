using Actors.Api.Auth;
using Actors.Api.Pages;
using Actors.Silo.Hosting.Statistics;

namespace Actors.Api.Cluster;

/// <summary>The silos behind this server, for admins: a page and what it asks.</summary>
internal static class ClusterEndpoints
{
    public static void MapCluster(this WebApplication app)
    {
        app.MapPage("/cluster", "cluster.html");
        app.MapGet("/api/cluster", ReadAsync).RequireScope(Scopes.Admin).WithTags("Cluster").WithName("cluster")
            .WithSummary("The silos: epochs, leases, and what they hold and do.")
            .Produces<ClusterOverview>().ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadAsync(IClusterOverview cluster, HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(await cluster.ReadAsync(cancellationToken));
    }
}
