using Actors.Api.Settings;
using Actors.Silo.Hosting;
using Actors.Silo.Mail;
using Actors.Tallying;

namespace Actors.Api.Hosting;

/// <summary>The silo in this process, and where it stores.</summary>
internal static class SiloExtensions
{
    /// <param name="builder">The host.</param>
    /// <param name="serves">Whether this process serves, which one at a time can from a data folder; commands run beside it.</param>
    public static void AddSilo(this WebApplicationBuilder builder, bool serves)
    {
        builder.Services.AddActorsStorage(
            builder.Services.Find<DataOptions>().FullPath, builder.Services.Find<ConnectionStringsOptions>().Actors, exclusive: serves);
        builder.AddActorsSilo();
        builder.Services.AddTallying();
        builder.Services.AddMail();
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
