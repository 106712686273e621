using Actors.Engine.Hosting;
using Actors.Engine.Reminders;
using Actors.Engine.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Silo.Hosting;

/// <summary>The built-in engine behind <see cref="ActorsSiloExtensions"/>.</summary>
internal static class EngineHosting
{
    public static void Add(IHostApplicationBuilder builder, ActorsSiloOptions options)
    {
        builder.Services.AddSingleton<IGrainStateStorage, StateStoreAdapter>();
        builder.Services.AddSingleton<IReminderStorage, ReminderStoreAdapter>();
        builder.Services.AddActorsEngine(options.GrainAssemblies, engine =>
        {
            engine.ResponseTimeout = options.ResponseTimeout;
            engine.CollectionAge = options.CollectionAge;
        });
    }
}
