using Actors.Api.Settings;
using Actors.Silo.Storage;

namespace Actors.Api.Hosting;

/// <summary>The silo in this process, on the embedded database.</summary>
internal static class SiloExtensions
{
    public static void AddSilo(this WebApplicationBuilder builder) => builder.Services.AddMemoryStorage();

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
