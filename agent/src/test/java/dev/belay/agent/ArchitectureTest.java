package dev.belay.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The arrows between the rooms, and which library may be used in which room. */
@AnalyzeClasses(packages = "dev.belay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static ArchRule room(String room, String... mayUse) {
        List<String> outside = new ArrayList<>(List.of(room, "java..", "javax..", "jdk.."));
        for (String used : mayUse) {
            outside.add(used.contains(".") ? used : "dev.belay." + used);
        }
        return classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(outside.toArray(String[]::new));
    }

    @ArchTest
    static final ArchRule rooms_make_no_cycles =
            slices().matching("dev.belay.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule loop_stands_alone = room("dev.belay.loop");

    @ArchTest
    static final ArchRule files_stands_alone = room("dev.belay.files");

    @ArchTest
    static final ArchRule schedule_stands_alone = room("dev.belay.schedule");

    @ArchTest
    static final ArchRule store_knows_json = room("dev.belay.store", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule state_knows_kryo_and_json =
            room("dev.belay.state", "com.esotericsoftware..", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule the_djl_adapter_knows_djl =
            room("dev.belay.adapter.djl", "state", "ai.djl..", "com.sun.jna..");

    @ArchTest
    static final ArchRule the_engine_composes = room(
            "dev.belay.engine",
            "loop",
            "state",
            "store",
            "schedule",
            "files",
            "dev.belay.engine.explain",
            "dev.belay.engine.export",
            "dev.belay.engine.history",
            "dev.belay.engine.telemetry");

    @ArchTest
    static final ArchRule a_report_is_made_of_what_the_rooms_below_tell =
            room("dev.belay.engine.explain", "loop", "state", "store");

    @ArchTest
    static final ArchRule an_export_is_made_of_the_state = room("dev.belay.engine.export", "state");

    @ArchTest
    static final ArchRule weave_knows_asm = room("dev.belay.weave", "loop", "org.objectweb.asm..");

    @ArchTest
    static final ArchRule the_agent_composes = room(
            "dev.belay.agent", "engine", "dev.belay.engine.explain", "dev.belay.engine.telemetry", "weave", "loop");

    @ArchTest
    static final ArchRule the_commands_ask_the_engine = room(
            "dev.belay.cli",
            "engine",
            "dev.belay.engine.explain",
            "dev.belay.engine.export",
            "dev.belay.engine.history",
            "dev.belay.cli.report",
            "picocli..",
            "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule a_report_shows_the_history =
            room("dev.belay.cli.report", "dev.belay.engine.history", "com.samskivert.mustache..");

    @ArchTest
    static final ArchRule a_history_is_read_from_the_store = room("dev.belay.engine.history", "engine", "store");

    @ArchTest
    static final ArchRule telemetry_stands_alone = room("dev.belay.engine.telemetry");

    @ArchTest
    static final ArchRule the_face_stands_alone = room("dev.belay");

    @ArchTest
    static final ArchRule nothing_but_the_agent_names_an_adapter = noClasses()
            .that()
            .resideOutsideOfPackage("dev.belay.adapter..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.belay.adapter..");

    @ArchTest
    static final ArchRule only_the_store_opens_files_for_writing = noClasses()
            .that()
            .resideOutsideOfPackages("dev.belay.store", "dev.belay.files", "dev.belay.image", "dev.belay.engine.export")
            .should()
            .callMethod(Files.class, "newOutputStream", java.nio.file.Path.class, java.nio.file.OpenOption[].class)
            .orShould()
            .callMethod(
                    Files.class,
                    "createDirectory",
                    java.nio.file.Path.class,
                    java.nio.file.attribute.FileAttribute[].class)
            .orShould()
            .callMethod(
                    Files.class,
                    "move",
                    java.nio.file.Path.class,
                    java.nio.file.Path.class,
                    java.nio.file.CopyOption[].class)
            .orShould()
            .callMethod(Files.class, "delete", java.nio.file.Path.class)
            .orShould()
            .callMethod(FileChannel.class, "write", java.nio.ByteBuffer.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.io.FileOutputStream.class);
}
