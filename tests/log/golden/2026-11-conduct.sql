BEGIN TRANSACTION;
CREATE TABLE events (
	meeting VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	"by" VARCHAR, 
	cause VARCHAR NOT NULL, 
	part INTEGER NOT NULL, 
	type VARCHAR NOT NULL, 
	data VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (meeting, seq), 
	UNIQUE (meeting, cause, part)
);
INSERT INTO "events" VALUES('conseil-2026-11-22',1,'2026-11-22T17:30:01.000000+00:00','anne','act1',0,'Planned','{"channel":"channel","council":"council","ends":"2026-11-22T17:30:00Z","following":"2026-11-22T17:30:00Z","items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"lang":"fr","place":"place","roster":[{"college":"college","member":"member","role":"chair"}],"source":"source","starts":"2026-11-22T17:30:00Z","title":"title é","venue":"stage"}','10cff42f062b494c3c066c7d0d79d839f6bc675158cea5888f258a9e86150bc1');
INSERT INTO "events" VALUES('conseil-2026-11-22',2,'2026-11-22T17:30:02.000000+00:00','anne','act2',0,'Convened','{}','70a5a688e2a0c352c1d2e454ac35ce00cdecf690a2f89551c198fafe6592e389');
INSERT INTO "events" VALUES('conseil-2026-11-22',3,'2026-11-22T17:30:03.000000+00:00','anne','act3',0,'Arrived','{"member":"member"}','575830aecdf4b850e9eb969ae59c8ab78b55468a32398ef3cfb9a68bbb4806ef');
INSERT INTO "events" VALUES('conseil-2026-11-22',4,'2026-11-22T17:30:04.000000+00:00','anne','act4',0,'Left','{"member":"member"}','7ec445a2d643aadd9f43fcfba183fd4dca0ce310c83673c51da4401eda191183');
INSERT INTO "events" VALUES('conseil-2026-11-22',5,'2026-11-22T17:30:05.000000+00:00','anne','act5',0,'Opened','{"needed":1,"present":1}','2fb4d6e83a1e90ddda8c06eef243f7ead4244b252b8d0cd9664de3cd63d8a4e9');
INSERT INTO "events" VALUES('conseil-2026-11-22',6,'2026-11-22T17:30:06.000000+00:00','anne','act6',0,'ItemOpened','{"number":1}','0f5c1cb97c1ea5357dba7248ff5f9ddb43452fdf85408be012a92014025302c2');
INSERT INTO "events" VALUES('conseil-2026-11-22',7,'2026-11-22T17:30:07.000000+00:00','anne','act7',0,'Adjourned','{}','848572a2e8fd6926a799f8b61300e8f53db4646759f40232f2705d9b81859df1');
INSERT INTO "events" VALUES('conseil-2026-11-22',8,'2026-11-22T17:30:08.000000+00:00','anne','act8',0,'HandRaised','{"member":"member","native":true}','58c0d4c073974d7a58b05911441277627da752578da28357c995ee9bd7975ca3');
INSERT INTO "events" VALUES('conseil-2026-11-22',9,'2026-11-22T17:30:09.000000+00:00','anne','act9',0,'HandLowered','{"member":"member"}','31619be2cebae0948968517dbdd6de0e8a482eabfb7f6cede2cbe54c315ecbde');
INSERT INTO "events" VALUES('conseil-2026-11-22',10,'2026-11-22T17:30:10.000000+00:00','anne','act10',0,'FloorGiven','{"member":"member"}','8374266ebfa1e077f8c7d91666c1b3981616b758cbe3eb3e172424189293b883');
INSERT INTO "events" VALUES('conseil-2026-11-22',11,'2026-11-22T17:30:11.000000+00:00','anne','act11',0,'FloorTaken','{"member":"member"}','27ba97931303ced5b44c4d4efa4455ad2f958dcfdf00c21c1344a91c554162eb');
INSERT INTO "events" VALUES('conseil-2026-11-22',12,'2026-11-22T17:30:12.000000+00:00','anne','act12',0,'BallotOpened','{"ballot":"ballot","motion":"motion é","secret":true}','4710dd8cedef4236676456183621fca340728512120be4e948d73efbed825bdf');
INSERT INTO "events" VALUES('conseil-2026-11-22',13,'2026-11-22T17:30:13.000000+00:00','anne','act13',0,'BallotCast','{"ballot":"ballot","choice":"for","member":"member"}','c7b377b23df38a309c18d6d00d204f1ade58ace693f166bf0914fa12c3cdf651');
INSERT INTO "events" VALUES('conseil-2026-11-22',14,'2026-11-22T17:30:14.000000+00:00','anne','act14',0,'BallotClosed','{"ballot":"ballot","decision":"decision","outcome":"adopted","tally":{"abstain":1,"against":1,"for_":1},"why":"majority"}','af5f693045c061fecdd292724adea0665f9b73dcebbc2b11070519e5ed28eacf');
INSERT INTO "events" VALUES('conseil-2026-11-22',15,'2026-11-22T17:30:15.000000+00:00','anne','act15',0,'RecordingStarted','{}','2a18e7256de21a16d8c117bf445d69d5fffdfb3684f196f03a40ee0c68dcd598');
INSERT INTO "events" VALUES('conseil-2026-11-22',16,'2026-11-22T17:30:16.000000+00:00','anne','act16',0,'RecordingInterrupted','{"end":"2026-11-22T17:30:00Z","start":"2026-11-22T17:30:00Z"}','83d1eceedc486e37738a9891085b6242b2bd420504cff9abc9d71b527cb2d702');
INSERT INTO "events" VALUES('conseil-2026-11-22',17,'2026-11-22T17:30:17.000000+00:00','anne','act17',0,'RecordingTroubled','{"code":"code"}','cc170a6d42602f9033a1887cb48889e031de01da7baa77c38c9908cd957232f5');
INSERT INTO "events" VALUES('conseil-2026-11-22',18,'2026-11-22T17:30:18.000000+00:00','anne','act18',0,'RecordingStopped','{}','7a8897a0dd4295abda3ef0ef89ab14b8a24d7f0ddf572d661b87e5cb1bd4be85');
INSERT INTO "events" VALUES('conseil-2026-11-22',19,'2026-11-22T17:30:19.000000+00:00','anne','act19',0,'UtteranceRecorded','{"end":"2026-11-22T17:30:00Z","member":"member","start":"2026-11-22T17:30:00Z","utterance":"utterance"}','576e83fb4ce261932124fb3727a4085ff64a8fcfb8a9d23ea1d84d61dec611f1');
INSERT INTO "events" VALUES('conseil-2026-11-22',20,'2026-11-22T17:30:20.000000+00:00','anne','act20',0,'UtteranceTranscribed','{"digest":"digest","model":"model","utterance":"utterance"}','e13bc4b0bc8d45df684b954e3f6733d9aab0be1c3eedf9bc117017b41d3312aa');
INSERT INTO "events" VALUES('conseil-2026-11-22',21,'2026-11-22T17:30:21.000000+00:00','anne','act21',0,'MinutesDrafted','{"digest":"digest"}','71c4b8cca8eca1ce54875d60224109366f992f0bcfe7f48b4482607928363b50');
INSERT INTO "events" VALUES('conseil-2026-11-22',22,'2026-11-22T17:30:22.000000+00:00','anne','act22',0,'Posted','{"ref":"ref","surface":"surface"}','6ae1786325adfba27fa9d273e0387df9db56a516b394f466b0e90d7c3af5b013');
INSERT INTO "events" VALUES('conseil-2026-11-22',23,'2026-11-22T17:30:23.000000+00:00','anne','act23',0,'Suspended','{"until":"2026-11-22T17:30:00Z"}','734b2ecfdf7f8b6ebbac65734d4a490daed7b2d3a6d290c7e6d60e6ee66e7f4e');
INSERT INTO "events" VALUES('conseil-2026-11-22',24,'2026-11-22T17:30:24.000000+00:00','anne','act24',0,'Resumed','{}','94ed85457a258e036326e6add62e7f9ef3d55075bd53e7cfdf9be9c3405ac814');
INSERT INTO "events" VALUES('conseil-2026-11-22',25,'2026-11-22T17:30:25.000000+00:00','anne','act25',0,'ClosedSessionAsked','{"member":"member"}','ace048d2e257c3eb0c972504844b9c979079fe24d857fb2d3c8d00e9f4a19646');
INSERT INTO "events" VALUES('conseil-2026-11-22',26,'2026-11-22T17:30:26.000000+00:00','anne','act26',0,'ClosedSessionPut','{"ballot":"ballot"}','8132ec185f499751d9de88aa50f634f624a3bd103a7c7e2e9618659c379a0a62');
INSERT INTO "events" VALUES('conseil-2026-11-22',27,'2026-11-22T17:30:27.000000+00:00','anne','act27',0,'ClosedSessionBegun','{"ballot":"ballot"}','0161d113fc6867d1d000251b553182eb479c5cb5d27e9b758dd67d74589593a7');
INSERT INTO "events" VALUES('conseil-2026-11-22',28,'2026-11-22T17:30:28.000000+00:00','anne','act28',0,'ClosedSessionEnded','{}','6ba61d6a5d5547041ee70039c377a78decf9c7675b1e7442b6f533f051e962f9');
INSERT INTO "events" VALUES('conseil-2026-11-22',29,'2026-11-22T17:30:29.000000+00:00','anne','act29',0,'ItemMoved','{"before":1,"number":1}','d46951aacc67d2ac719141ad59a19fa82b061ed56f1b110b568713d7da85b0d7');
INSERT INTO "events" VALUES('conseil-2026-11-22',30,'2026-11-22T17:30:30.000000+00:00','anne','act30',0,'ItemWithdrawn','{"number":1}','11236b43b668e9135d98403efbd70fc63dcaccb3d21417864efaec11e709665b');
INSERT INTO "events" VALUES('conseil-2026-11-22',31,'2026-11-22T17:30:31.000000+00:00','anne','act31',0,'ItemPostponed','{"number":1}','f9571a9f69d174242930abff7e8f64fd6fbf62c30831907d79ae38e4d6efffb0');
INSERT INTO "events" VALUES('conseil-2026-11-22',32,'2026-11-22T17:30:32.000000+00:00','anne','act32',0,'ItemAdded','{"item":{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}}','c927e40e1b2e8cd677a77147f22567fc30591ace0a061a935e7309a53a76c2f1');
INSERT INTO "events" VALUES('conseil-2026-11-22',33,'2026-11-22T17:30:33.000000+00:00','anne','act33',0,'GavelHanded','{"member":"member"}','e8e583bedfc3a43facd6d7fa5e7e4e9cf890da2068134027abbca24deaa5b417');
CREATE TABLE people (
	member VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (member)
);
INSERT INTO "people" VALUES('anne','Anne Martin');
CREATE TABLE urn (
	slip VARCHAR NOT NULL, 
	ballot VARCHAR NOT NULL, 
	choice VARCHAR NOT NULL, 
	PRIMARY KEY (slip)
)
 WITHOUT ROWID

;
INSERT INTO "urn" VALUES('80f716b54d780958e600d25b3deb02da','ballot','for');
CREATE TABLE words (
	utterance VARCHAR NOT NULL, 
	meeting VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	confidence FLOAT NOT NULL, 
	doubtful INTEGER NOT NULL, 
	PRIMARY KEY (utterance)
);
INSERT INTO "words" VALUES('utterance','conseil-2026-11-22','Bonsoir à tous.','fr',-0.25,1);
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE INDEX ix_urn_ballot ON urn (ballot);
CREATE INDEX ix_words_meeting ON words (meeting);
COMMIT;
