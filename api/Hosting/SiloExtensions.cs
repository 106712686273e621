using Actors.Silo.Hosting;
using Actors.Silo.Mail;
using Actors.Silo.Settings;

namespace Actors.Api.Hosting;

/// <summary>The grains: in this process on the embedded database, or in the silos of a cluster.</summary>
internal static class SiloExtensions
{
    /// <summary>How long a silo that is not heard may take: shorter than pages wait, so that they hear of it.</summary>
    private static readonly TimeSpan SiloPatience = TimeSpan.FromSeconds(10);

    /// <param name="builder">The host.</param>
    /// <param name="serves">Whether this process serves; commands run beside it.</param>
    public static void AddSilo(this WebApplicationBuilder builder, bool serves)
    {
        var services = builder.Services;
        var connections = services.Find<ConnectionStringsOptions>();
        services.AddActorsStorage(services.Find<DataOptions>().FullPath, connections.Actors, serves);
        builder.AddActorsSilo(silo =>
        {
            if (connections.Actors is { } database)
            {
                silo.Cluster = new ClusterPart(services.Find<ClusterOptions>(), database, HoldsGrains: false) { Redis = connections.Redis };
                silo.ResponseTimeout = SiloPatience;
            }
        });
        services.AddMail(sends: connections.Actors is null);
    }

    /// <summary>Makes the data folder; its files are for the owner alone.</summary>
    public static void Prepare(this DataOptions data)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(data.FullPath);
            }
            else
            {
                // a folder that exists keeps the mode that its owner gave it
                Directory.CreateDirectory(data.FullPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            var probe = Path.Combine(data.FullPath, $".probe-{Environment.ProcessId}");
            using (File.Create(probe, bufferSize: 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The data folder {data.FullPath} cannot be written to (setting Data:Path).", failure);
        }
    }
}
