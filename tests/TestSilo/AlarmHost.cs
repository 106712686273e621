using Actors.Silo.Hosting;
using Actors.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.TestSilo;

/// <summary>A process of a cluster that has alarms.</summary>
public static class AlarmHost
{
    /// <summary>Makes it, from the settings of a silo.</summary>
    /// <param name="arguments">Settings, as a silo takes them.</param>
    /// <param name="holdsGrains">Whether it is a silo; otherwise it only calls.</param>
    public static IHost Build(string[] arguments, bool holdsGrains)
    {
        var builder = Host.CreateApplicationBuilder(arguments);
        var database = builder.Configuration["ConnectionStrings:Actors"] ?? throw new ArgumentException("ConnectionStrings:Actors is missing.", nameof(arguments));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddActorsStorage(builder.Configuration["Data:Path"] ?? Path.GetTempPath(), database, exclusive: true);
        builder.AddActorsSilo(silo =>
        {
            silo.GrainAssemblies.Add(typeof(AlarmGrain).Assembly);
            silo.Cluster = new ClusterPart(new ClusterOptions { Endpoint = builder.Configuration["Cluster:Endpoint"] }, database, holdsGrains);
        });
        return builder.Build();
    }
}
